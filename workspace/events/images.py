"""What an image block may show: a file that exists, is ready and is an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workspace.events.posting import slack_files
from workspace.state.errors import Json, bad_blocks

if TYPE_CHECKING:
    from workspace.world import Workspace


def check_images(world: Workspace, blocks: list[Json], code: str = "invalid_blocks") -> None:
    """Refuse blocks that show a file which is unknown, not processed yet, or no image."""
    for file_id in slack_files(blocks):
        file = world.files.by_id.get(file_id)
        if file is None or not file.complete or file.deleted or not file.is_image or file.ready_at > world.pace.now():
            raise bad_blocks(["invalid slack file [json-pointer:/blocks]"], code)


def show_to(world: Workspace, blocks: list[Json], person: str) -> None:
    """A view shows its images to the person it is for."""
    for file_id in slack_files(blocks):
        world.files.by_id[file_id].shown_to.add(person)
