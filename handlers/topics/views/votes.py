"""Votes about topics as they are seen: opened, asked, answered, told, decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cluster.topics.ideas import ListedIdea
from cluster.topics.votes import LEAST, MOST, VoteResult
from handlers import blocks as b
from handlers.message import Block
from handlers.topics.ids import Action, View
from locales import N_, Texts
from storage.models import Idea, TopicDecision, Vote, VoteChoice
from storage.words import Deciders, VoteKind

DECIDED_SHOWN = 3
"""Decisions in the window of topics."""
DECIDERS = {
    Deciders.ALL: N_("all members, by vote"),
    Deciders.BOARD: N_("the board"),
    Deciders.COORDINATOR: N_("the coordinator alone"),
}


def deciders(who: str, t: Texts) -> str:
    """Who decides, in words."""
    return t(DECIDERS[Deciders(who)])


def rule_form(chosen: str, since: str, t: Texts, *, cluster_id: int) -> dict[str, Any]:
    """Who decides what is taken up."""
    who = b.radio("deciders", [(each, t(said)) for each, said in DECIDERS.items()], chosen=chosen)
    blocks: list[Block] = [
        b.entry(t("Who decides what the cluster takes up?"), who),
        b.context(t("Everybody is told when this is changed. A vote that is open goes on as it began.")),
    ]
    if since:
        blocks.insert(0, b.context(since))
    metadata = json.dumps({"cluster": cluster_id})
    return b.form(View.TOPIC_RULE, t("Who decides?"), t("Save"), t("Cancel"), blocks, metadata)


def open_form(
    ideas: Sequence[ListedIdea],
    t: Texts,
    *,
    cluster_id: int,
    kind: str,
    chosen: Sequence[str],
    closes_on: date,
    above: Sequence[Block] = (),
    seen: str = "",
) -> dict[str, Any]:
    """Ask everybody; ``above`` is what goes out, once it was looked at."""
    kinds = [
        (VoteKind.POLL, t("A poll: which three would you like best?")),
        (VoteKind.VOTE, t("A vote: which one do we take up?")),
    ]
    choices = [(str(each.idea.id), each.idea.words) for each in ideas[: b.MENU]]
    blocks = [
        *above,
        b.entry(t("What do you ask?"), b.radio("kind", kinds, chosen=kind)),
        b.entry(t("Which topics? At most {most}", most=MOST), b.multi_select("ideas", choices, chosen=chosen)),
        b.entry(t("It closes at noon on"), b.date_field("closes_on", initial=closes_on)),
    ]
    metadata = json.dumps({"cluster": cluster_id} | ({"seen": seen} if seen else {}))
    return b.form(View.VOTE_OPEN, t("Ask the members"), t("Send the question"), t("Cancel"), blocks, metadata)


def preview(
    kind: str, topics: Sequence[str], people: int, t: Texts, *, closes_at: datetime, asked_at: datetime | None
) -> list[Block]:
    """Whom it goes to, when, and how it looks."""
    said = t.n("*{n} member is asked.*", "*{n} members are asked.*", people)
    when = t("They are asked on {moment}.", moment=t.moment(asked_at)) if asked_at else t("They are asked at once.")
    lines = "\n".join(f"• {b.escape(each)}" for each in topics)
    return [
        b.section(f"{said} {when} " + t("Nothing is sent yet. This is how it looks:")),
        b.section(f"> {asks(kind, closes_at, t)}"),
        b.section(lines),
        b.context(t("Change below what is wrong, or send it as it is.")),
        b.divider(),
    ]


def asks(kind: str, closes_at: datetime, t: Texts) -> str:
    """The question."""
    poll = kind == VoteKind.POLL
    said = t("Which topics would you like best? Choose up to three.") if poll else t("Which topic do we take up?")
    return said + " " + t("It closes on {moment}.", moment=t.moment(closes_at))


def request(vote: Vote, t: Texts) -> list[Block]:
    """The question with its button."""
    said = asks(vote.kind, vote.closes_at, t)
    return [
        b.section(f"*{said}*", b.button(t("Vote"), Action.VOTE_BALLOT, vote.id, style="primary")),
        b.context(t("Without your name: I count each choice, and know only that you have voted.")),
    ]


def ballot(vote: Vote, choices: Sequence[tuple[VoteChoice, Idea | None]], t: Texts) -> dict[str, Any]:
    """What one member fills in."""
    topics = [(str(choice.id), idea.words) for choice, idea in choices if idea is not None]
    blank = [(str(choice.id), t("Blank: none of them")) for choice, idea in choices if idea is None][:1]
    topics = topics[:MOST]
    blocks: list[Block] = [b.section(asks(vote.kind, vote.closes_at, t))]
    if vote.picks > 1:
        label = t("At most {most}; none is a blank ballot", most=vote.picks)
        blocks.append(b.entry(label, b.checkboxes("choice", topics), optional=True))
    else:
        blocks.append(b.entry(t("Choose one"), b.radio("choice", [*topics, *blank])))
    blocks.append(
        b.context(
            t(
                "Your ballot has no name and no time, so it can't be changed or taken back. What came of it is told to "
                "all when it closes, if {least} or more have voted.",
                least=LEAST,
            )
        )
    )
    metadata = json.dumps({"vote": vote.id})
    return b.form(View.VOTE_BALLOT, t("Ballot"), t("Vote"), t("Cancel"), blocks, metadata)


def result(vote: Vote, found: VoteResult, decision: TopicDecision | None, t: Texts) -> str:
    """What came of it, a tie too."""
    poll = vote.kind == VoteKind.POLL
    head = t("The poll about topics is closed.") if poll else t("The vote about topics is closed.")
    said = [head + " " + t("{ballots} of {asked} voted.", ballots=found.ballots, asked=found.asked)]
    if not found.counts:
        said.append(t("Fewer than {least} voted, so nothing is told, and the counts are deleted.", least=LEAST))
        return "\n".join(said)
    said += [f"• *{b.escape(each.idea.words)}*: {t.number(each.given)}" for each in found.counts]
    said.append(t("Blank: {n}", n=t.number(found.blank)))
    names = t.listing([f"*{b.escape(each.idea.words)}*" for each in found.first])
    if not found.first:
        said.append(t("Nobody chose any of them."))
    elif decision is not None:
        said.append(t("So {topic} is decided.", topic=names))
    elif len(found.first) > 1:
        said.append(t("There is a tie between {topics}. Nothing is decided by that.", topics=names))
    elif poll:
        said.append(t("Most wanted is {topic}. A poll decides nothing.", topic=names))
    else:
        who = deciders(vote.deciders, t)
        said.append(t("Most votes: {topic}. Your rule is that this decides: {who}.", topic=names, who=who))
    return "\n".join(said)


def result_buttons(vote: Vote, found: VoteResult, decision: TopicDecision | None, t: Texts) -> list[Block]:
    """What whoever runs the cluster can do now."""
    if decision is not None:
        return [on_with(decision.idea_id, t)]
    ways = []
    if vote.kind == VoteKind.POLL and found.counts:
        ways.append(b.button(t("Vote about the first"), Action.VOTE_AGAIN, vote.id, style="primary"))
    elif len(found.first) > 1:
        ways.append(b.button(t("Vote again between them"), Action.VOTE_AGAIN, vote.id, style="primary"))
    ways.append(b.button(t("Write the decision down"), Action.VOTE_DECIDE, vote.cluster_id))
    return [b.actions(*ways)]


def on_with(idea_id: int, t: Texts) -> Block:
    """From a decision to its numbers and its meeting."""
    return b.actions(
        b.button(t("Ask for numbers"), Action.IDEA_ASK, idea_id, style="primary"),
        b.button(t("Plan a meeting"), Action.IDEA_CALL, idea_id),
    )


def decide_form(ideas: Sequence[ListedIdea], who: str, t: Texts, *, cluster_id: int) -> dict[str, Any]:
    """Write down what was decided."""
    choices = [(str(each.idea.id), each.idea.words) for each in ideas[: b.MENU]]
    whom = b.radio("deciders", [(each, t(said)) for each, said in DECIDERS.items()], chosen=who)
    counted = b.number_field("votes_for", low=0, high=500), b.number_field("votes_against", low=0, high=500)
    blocks: list[Block] = [
        b.entry(t("Which topic?"), b.select("idea", choices)),
        b.entry(t("Who decided?"), whom),
        b.entry(t("Votes for, if you counted"), counted[0], optional=True),
        b.entry(t("Votes against"), counted[1], optional=True),
        b.entry(t("Blank"), b.number_field("votes_blank", low=0, high=500), optional=True),
        b.context(t("Everybody is told what was decided, by whom, and with which majority.")),
    ]
    metadata = json.dumps({"cluster": cluster_id})
    return b.form(View.VOTE_DECIDE, t("The decision"), t("Save"), t("Cancel"), blocks, metadata)


def decided(decision: TopicDecision, idea: Idea, t: Texts) -> str:
    """What was decided, by whom, with which majority."""
    said = t("Decided: *{topic}* ({who})", topic=b.escape(idea.words), who=deciders(decision.deciders, t))
    if decision.votes_for is None:
        return f"{said}."
    said += ": " + t.n("{n} for", "{n} for", decision.votes_for)
    if decision.votes_against is not None:
        said += ", " + t.n("{n} against", "{n} against", decision.votes_against)
    if decision.votes_blank is not None:
        said += ", " + t.n("{n} blank", "{n} blank", decision.votes_blank)
    return f"{said}."


def standing(
    running: Vote | None,
    last: Vote | None,
    decided_on: Sequence[tuple[TopicDecision, Idea]],
    t: Texts,
    *,
    may_vote: bool,
    leads: bool,
) -> list[Block]:
    """The vote that is open, the last that was told, and what was decided; above the suggestions."""
    blocks: list[Block] = []
    if running is not None and may_vote:
        blocks += request(running, t)
    elif running is not None:
        blocks.append(b.section(asks(running.kind, running.closes_at, t)))
    if running is not None and leads:
        blocks.append(stopping(running.id, t))
    for decision, idea in decided_on[:DECIDED_SHOWN]:
        blocks.append(b.section(decided(decision, idea, t)))
        if leads:
            blocks.append(on_with(idea.id, t))
    if last is not None:
        blocks.append(b.actions(b.button(t("What came of the last vote"), Action.VOTE_RESULT, last.id)))
    return [*blocks, b.divider()] if blocks else []


def stopping(vote_id: int, t: Texts) -> Block:
    """Calls a vote off."""
    sure = b.confirmation(
        t("Call the vote off?"),
        t("What was counted is deleted, and all are told."),
        t("Call it off"),
        t("No, let it go on"),
    )
    return b.actions(b.button(t("Call it off"), Action.VOTE_STOP, vote_id, confirm=sure))
