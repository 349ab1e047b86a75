"""What a person's page says of meetings."""

from __future__ import annotations

from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.meetings.ids import Action
from handlers.message import Block


def to_answer(at: AtHome) -> list[Block]:
    """Every invitation that waits for an answer."""
    t = at.t
    blocks: list[Block] = []
    for meeting in at.part.open_invitations(at.now):
        blocks += [
            b.section(
                t(
                    "Will you come to {title} on {when}? Please answer before {deadline}.",
                    title=f"*{b.escape(meeting.title)}*",
                    when=t.moment(meeting.starts_at),
                    deadline=t.moment(meeting.answer_by),
                )
            ),
            b.actions(
                b.button(t("Coming"), Action.MEETING_YES, meeting.id, style="primary"),
                b.button(t("Maybe"), Action.MEETING_MAYBE, meeting.id),
                b.button(t("Not coming"), Action.MEETING_NO, meeting.id),
            ),
        ]
    return blocks


def next_meeting(at: AtHome) -> list[Block]:
    """When and where, and what was answered."""
    part, t = at.part, at.t
    if not part.meetings:
        return [b.context(t("No meetings are planned."))]
    meeting, mine = part.meetings[0]
    answers = {
        "yes": t("You have answered: coming."),
        "maybe": t("You have answered: maybe."),
        "no": t("You have answered: not coming."),
    }
    lines = [
        t("The next meeting: {title}", title=f"*{b.escape(meeting.title)}*"),
        t.moment(meeting.starts_at) + (f", {b.escape(meeting.place)}" if meeting.place else ""),
        answers.get(mine.answer or "", t("You have not answered yet.")),
    ]
    return [b.section("\n".join(lines))]


def attended(at: AtHome) -> list[Block]:
    """One's own attendance this year."""
    part, t = at.part, at.t
    share = part.share
    if share is None or not share.held:
        return []
    line = t.n(
        "You have attended {present} of the year's {n} recorded meeting.",
        "You have attended {present} of the year's {n} recorded meetings.",
        share.held,
        present=t.number(share.present),
    )
    if part.rules.required_share:
        line += " " + t("The cluster has agreed on {share}.", share=t.percent(part.rules.required_share / 100))
    return [b.context(line)]
