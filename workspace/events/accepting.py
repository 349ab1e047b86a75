"""Taking blocks from the app: checked, their images found, and dressed as Slack keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workspace.blockkit.blocks import check_message, dressed
from workspace.events.images import check_images
from workspace.state.errors import Json, SlackError

if TYPE_CHECKING:
    from workspace.world import Workspace


def accepted(world: Workspace, blocks: Any) -> list[Json] | None:
    """The blocks of a message as they are kept; None when there are none. Raises what Slack would answer."""
    if not blocks:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if world.settings.enforce_limits:
        check_message(blocks, charts=world.settings.data_visualization)
    check_images(world, blocks)
    return dressed(blocks, world.ids)
