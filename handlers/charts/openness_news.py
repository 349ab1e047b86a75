"""What people hear about openness: how a round is set, what a practice chose, and when everybody has said yes."""

from __future__ import annotations

from cluster.charts import openness
from cluster.charts.room import Kinds
from cluster.errors import ClusterError
from cluster.members import consent, members
from cluster.rounds import rounds
from handlers.blocks import actions, escape, section
from handlers.charts.openness import rung_of, title_of
from handlers.charts.views import openness as views
from handlers.feature import Feature, Notice, Rendering
from handlers.message import Block, Message
from measures.disclosure.privacy import Openness
from storage.models import Member, Round


async def answered(r: Rendering) -> Message | None:
    """To who chose, or took the name back: how the practice stands now."""
    round_, member = await _reader(r)
    if member.practice_id is None:
        return None
    choice = await openness.choice_of(r.state, round_, member.practice_id)
    said = views.standing(choice, r.t)
    if r.owed.params.get("hidden"):
        said = r.t(
            "Your name has been removed: charts made from now on do not show it. Pictures already sent can't be taken "
            "back."
        )
    elif choice.named:
        said += " " + r.t("Your colleagues will see it when they fetch new charts, or when charts are updated.")
    decides = await consent.may_decide(r.state, member, member.practice_id)
    elements = views.choice_buttons(round_.id, choice, r.t, decides=decides)
    return Message(said, [section(said), *([actions(*elements)] if elements else [])])


async def was_set(r: Rendering) -> Message:
    """To the coordinator: what holds now."""
    round_, _ = await _reader(r)
    said = f"*{escape(title_of(round_, r.t))}* · {views.explained(rung_of(round_), r.t)}"
    if not r.owed.params.get("changed"):
        return Message(r.t("Nothing was changed. This still applies:") + f"\n{said}")
    return Message(r.t("It has been changed, and everybody in the round is told.") + f"\n{said}")


async def changed(r: Rendering) -> Message | None:
    """To everybody in a round: how open it is from now on. Overtaken when it was changed again meanwhile."""
    round_, member = await _reader(r)
    if rung_of(round_) != r.owed.params.get("rung"):
        return None
    head = r.t(
        "Your coordinator has changed how open you are with each other's numbers on {title}.",
        title=f"*{escape(title_of(round_, r.t))}*",
    )
    if rung_of(round_) in views.NAMES:
        more = r.t("Nothing of yours is shown by name unless you say yes yourselves, and you owe nobody an answer.")
    elif rung_of(round_) is Openness.LETTERS:
        more = r.t("It takes effect when the charts are sent.")
    else:
        more = r.t("No new chart shows a name or a letter. Pictures already sent can't be taken back.")
    said = f"{head}\n{views.explained(rung_of(round_), r.t)}\n{more}"
    return await _with_choice(said, r, round_, member)


async def first(r: Rendering) -> Message | None:
    """To a coordinator, when names are possible: will you go first?"""
    round_, member = await _reader(r)
    if rung_of(round_) not in views.NAMES or member.practice_id is None:
        return None
    if (await openness.choice_of(r.state, round_, member.practice_id)).chosen:
        return None
    said = r.t(
        "In the round on {title} practices may show their names. Others find it easier when the coordinator goes first "
        "– but it is entirely your own choice.",
        title=f"*{escape(title_of(round_, r.t))}*",
    )
    return await _with_choice(said, r, round_, member)


async def everybody(r: Rendering) -> Message | None:
    """To all: everybody has said yes."""
    round_, member = await _reader(r)
    if rung_of(round_) is not Openness.OPEN or member.practice_id is None:
        return None
    if not (await openness.choice_of(r.state, round_, member.practice_id)).named:
        return None
    said = r.t(
        "Every practice has said yes to open numbers on {title}. Fetch new charts whenever you like to see the names.",
        title=f"*{escape(title_of(round_, r.t))}*",
    )
    return await _with_choice(said, r, round_, member)


async def by_colleague(r: Rendering) -> Message | None:
    """To colleagues in the practice: somebody has chosen for all of us."""
    round_, member = await _reader(r)
    by = await members.find(r.state, int(r.owed.params["by"]))
    if by is None:
        return None
    name, title = escape(by.name), f"*{escape(title_of(round_, r.t))}*"
    if r.owed.kind == "openness.chosen":
        said = r.t("{name} has said yes to showing your practice's numbers on {title} by name.", name=name, title=title)
    else:
        said = r.t("{name} has removed your practice's name from the charts on {title}.", name=name, title=title)
    return await _with_choice(said, r, round_, member)


async def _with_choice(said: str, r: Rendering, round_: Round, member: Member) -> Message:
    return Message(said, [section(said), *await _buttons(r, round_, member)])


async def _buttons(r: Rendering, round_: Round, member: Member) -> list[Block]:
    if member.practice_id is None or await rounds.of_practice(r.state, round_.id, member.practice_id) is None:
        return []
    choice = await openness.choice_of(r.state, round_, member.practice_id)
    decides = await consent.may_decide(r.state, member, member.practice_id)
    elements = views.choice_buttons(round_.id, choice, r.t, decides=decides)
    return [actions(*elements)] if elements else []


async def _reader(r: Rendering) -> tuple[Round, Member]:
    member = await members.find(r.state, r.owed.member_id)
    if member is None:
        raise ClusterError("person.unknown")
    return await rounds.get(r.state, r.number), member


feature = Feature(
    notices={
        Kinds.OPENNESS_SET: Notice(was_set),
        Kinds.OPENNESS_CHANGED: Notice(changed),
        Kinds.OPENNESS_ANSWER: Notice(answered),
        Kinds.OPENNESS_FIRST: Notice(first),
        Kinds.OPENNESS_OPEN: Notice(everybody),
        Kinds.OPENNESS_CHOSEN: Notice(by_colleague),
        Kinds.OPENNESS_HIDDEN: Notice(by_colleague),
    },
)
