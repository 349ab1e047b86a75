"""What is seen while charts wait to be sent: the practice's own numbers, and the coordinator's hour."""

from __future__ import annotations

from datetime import datetime

from handlers.blocks import actions, button, escape, section
from handlers.charts.ids import Action
from handlers.message import Block
from handlers.submissions.ids import Action as SubmissionAction
from handlers.submissions.views.submissions import NumbersRead
from locales import Texts


def question(text: str, read: NumbersRead, t: Texts) -> list[Block]:
    """All numbers of the topic with two ways on."""
    return [
        section(text),
        actions(
            button(t("The numbers are right"), Action.LOOK_RIGHT, read.assignment_id, style="primary"),
            button(t("Correct"), SubmissionAction.SUBMISSION_CORRECT, read.submission_id),
        ),
    ]


def held_line(title: str, moment: datetime, t: Texts) -> str:
    """When the charts go out. The same words whoever is asked, and however many."""
    return t(
        "The charts on {title} will be sent on {moment}; some numbers are being checked.",
        title=escape(title),
        moment=t.moment(moment),
    )


def held(said: str, round_id: int, t: Texts) -> list[Block]:
    """The hour, and a way not to wait for it."""
    return [section(said), actions(button(t("Send now"), Action.ROUND_SEND, round_id))]
