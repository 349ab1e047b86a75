"""How those look who are not found in Slack."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from handlers import blocks as b
from handlers.members.ids import View
from handlers.message import Block
from handlers.onboarding.ids import Action as OnboardingAction
from locales import Texts
from storage.models import Member

MOST = 90


def window(cluster_id: int, lost: Sequence[Member], practices: Mapping[int, str], t: Texts) -> dict[str, Any]:
    """Each with the address that is looked for, and the way to put it right; who must do the rest is said first."""
    blocks: list[Block] = [b.section(_what_to_do(t) if lost else t("Everybody on the list is found in Slack."))]
    for member in lost[:MOST]:
        facts = [f"*{b.escape(member.name)}*", b.escape(member.email or t("no e-mail address"))]
        facts += filter(None, [b.escape(practices.get(member.practice_id or 0, ""))])
        blocks.append(b.section(" · ".join(facts), b.button(t("Edit"), OnboardingAction.MEMBER_EDIT, member.id)))
    if len(lost) > MOST:
        blocks.append(b.context(t.n("And {n} more.", "And {n} more.", len(lost) - MOST)))
    metadata = json.dumps({"cluster": cluster_id})
    return b.window(View.CLUSTER_ABSENT, t("Not in Slack yet"), t("Close"), blocks, metadata)


def _what_to_do(t: Texts) -> str:
    return t(
        "I look for people by their e-mail address. Is it wrong or missing? Edit it here. If it is right, whoever runs "
        "your Slack has to invite them; I write to them by myself the day they are there."
    )
