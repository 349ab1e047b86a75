"""The groups as whoever steers sees them, as all see them, and as each is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.groups.groups import QUESTIONS_LIMIT, Dealt
from cluster.groups.splitting import PLENUM, SIZES
from cluster.groups.teams import LARGEST, MOST, NAME_LIMIT, TeamOf
from handlers import blocks as b
from handlers.fitting import paragraphs
from handlers.groups.ids import Action, View
from handlers.meetings.views.words import summary, titled
from handlers.message import Block, Message
from locales import Texts
from storage.models import GroupNote, Meeting, Member

KEEP = "keep"


def card(dealt: Dealt, t: Texts, *, notes: int) -> Message:
    """To whoever steers: the groups, what could not be helped, and what can be done."""
    meeting, seating = dealt.meeting, dealt.seating
    place = f"{meeting.id}:{seating.turn}"
    blocks: list[Block] = [b.header(t("Groups: {title}", title=meeting.title)), b.context(_made_of(dealt, t))]
    blocks += [b.section(each) for each in paragraphs(lines(dealt, t))]
    if said := _could_not(dealt, t):
        blocks.append(b.context(said))
    buttons = [
        b.button(t("Mix again"), Action.MEETING_DEAL, place),
        b.select(
            Action.MEETING_GROUP_SIZE,
            [(f"{place}:{size}", t("{n} in each", n=t.number(size))) for size in SIZES],
            hint=t("{n} in each", n=t.number(seating.size)),
        ),
    ]
    if seating.shown_turn != seating.turn:
        buttons.append(b.button(t("Show everybody"), Action.MEETING_GROUPS_SHOW, place, style="primary"))
    buttons += [
        b.button(t("The groups' notes ({n})", n=t.number(notes)), Action.MEETING_GROUP_NOTES, meeting.id),
        b.button(t("Who stays together"), Action.MEETING_TEAMS, meeting.id),
    ]
    blocks.append(b.actions(*buttons))
    text = t("Groups for {meeting}.", meeting=summary(meeting, t))
    return Message(f"{text} {_made_of(dealt, t)}", blocks, card="groups.card")


def lines(dealt: Dealt, t: Texts) -> list[str]:
    """Each group with its people."""
    return [
        t("*Group {n}:* {names}", n=t.number(number), names=t.listing([b.escape(each.name) for each in group]))
        for number, group in dealt.groups.items()
    ]


def _made_of(dealt: Dealt, t: Texts) -> str:
    n = dealt.people
    if dealt.came:
        said = t.n("{n} person, who is noted to be there.", "{n} people, who are noted to be there.", n)
    else:
        said = t.n("{n} person, who said yes to coming.", "{n} people, who said yes to coming.", n)
    if n < PLENUM:
        said += " " + t("That is one table: talk all together.")
    return said


def _could_not(dealt: Dealt, t: Texts) -> str:
    said = []
    if dealt.colleagues:
        said.append(
            t.n(
                "{n} pair of colleagues could not be parted.",
                "{n} pairs of colleagues could not be parted.",
                dealt.colleagues,
            )
        )
    if dealt.again:
        said.append(t.n("{n} pair sat together last time.", "{n} pairs sat together last time.", dealt.again))
    return " ".join(said)


def channel(dealt: Dealt, t: Texts) -> Message:
    """For the screen: every group, and what they talk about."""
    blocks: list[Block] = [b.header(t("Groups: {title}", title=dealt.meeting.title))]
    blocks += [b.section(each) for each in paragraphs(lines(dealt, t))]
    blocks += [b.section(each) for each in paragraphs(_task(dealt, t))]
    return Message(t("Groups for {meeting}.", meeting=summary(dealt.meeting, t)), blocks, card="groups.channel")


def _task(dealt: Dealt, t: Texts) -> list[str]:
    asked = [b.escape(each) for each in dealt.seating.questions.splitlines()]
    said = [f"{n}. {each}" for n, each in enumerate(asked, 1)]
    if asked:
        said.insert(0, t("*You talk about:*"))
    if dealt.seating.minutes:
        said.append(t.n("You have {n} minute.", "You have {n} minutes.", dealt.seating.minutes))
    return said


def told(dealt: Dealt, number: int, reader: Member, t: Texts) -> Message:
    """To one person: which group, with whom, about what."""
    others = [b.escape(each.name) for each in dealt.groups.get(number, []) if each.id != reader.id]
    if others:
        said = t("You are in *group {n}* with {names}.", n=t.number(number), names=t.listing(others))
    else:
        said = t("You are in *group {n}*.", n=t.number(number))
    blocks: list[Block] = [b.section(each) for each in paragraphs([said, *_task(dealt, t)])]
    note = b.button(t("Write the group's notes"), Action.MEETING_GROUP_NOTE, f"{dealt.meeting.id}:{number}")
    blocks.append(b.actions(note))
    return Message(said, blocks)


def show_form(dealt: Dealt, questions: str, minutes: int | None, t: Texts, *, metadata: str) -> dict[str, Any]:
    """To whom it goes and how it looks, with the questions and the time."""
    to_whom = t.n(
        "{n} person is told privately at once where to sit, and all groups stand by name in the channel, for the "
        "screen.",
        "{n} people are told privately at once where to sit, and all groups stand by name in the channel, for the "
        "screen.",
        dealt.people,
    )
    blocks: list[Block] = [
        b.section(to_whom),
        b.entry(
            t("What do the groups talk about?"),
            b.text_field("questions", initial=questions, multiline=True, limit=QUESTIONS_LIMIT),
            help_text=t("A question a line."),
            optional=True,
        ),
        b.entry(
            t("Minutes"),
            b.number_field("minutes", initial=minutes, low=1, high=60),
            help_text=t("The clock starts now: whoever chairs hears when it is nearly over. Empty: no clock."),
            optional=True,
        ),
        b.divider(),
        *(b.section(each) for each in paragraphs(lines(dealt, t))),
    ]
    return b.form(View.GROUPS_SHOW, t("Show everybody"), t("Show"), t("Not yet"), blocks[:100], metadata)


def note_form(meeting: Meeting, number: int, words: str, t: Texts, *, metadata: str) -> dict[str, Any]:
    """What a group wants to say to all."""
    blocks: list[Block] = [
        b.section(f"{titled(meeting, t)}\n" + t("*Group {n}*", n=t.number(number))),
        b.entry(
            t("What do you want to say to all?"),
            b.text_field("words", initial=words, multiline=True, limit=QUESTIONS_LIMIT),
            help_text=t("Your group and whoever chairs read it. Write no names, and nothing about patients."),
        ),
    ]
    return b.form(View.GROUPS_NOTE, t("The group's notes"), t("Save"), t("Cancel"), blocks, metadata)


def notes_window(meeting: Meeting, notes: Sequence[GroupNote], t: Texts) -> dict[str, Any]:
    """For the summing up."""
    blocks: list[Block] = [b.section(titled(meeting, t))]
    if not notes:
        blocks.append(b.section(t("No group has written anything yet.")))
    for each in notes:
        said = [t("*Group {n}*", n=t.number(each.number)), *b.escape(each.words).splitlines()]
        blocks += [b.section(part) for part in paragraphs(said)]
    return b.window(View.GROUPS_NOTES, t("The groups' notes"), t("Close"), blocks[:100])


def people_of(people: Sequence[Member]) -> list[b.Option]:
    """Members as choices."""
    return [(str(each.id), each.name) for each in people]


def teams_form(kept: Sequence[TeamOf], people: Sequence[Member], t: Texts, *, metadata: str) -> dict[str, Any]:
    """Who stays together: a new team, and one to take away."""
    said = [
        f"• *{b.escape(each.team.name)}*: {t.listing([b.escape(one.name) for one in each.members])}"
        for each in kept[:MOST]
    ]
    blocks: list[Block] = [
        b.section(t("Those who stay together always sit in one group. Only you who run the cluster see this list.")),
        *(b.section(each) for each in paragraphs(said)),
        b.entry(
            t("A new team"), b.text_field("name", limit=NAME_LIMIT, hint=t("For example: babyklynge 1")), optional=True
        ),
        b.entry(
            t("Who is in it? From 2 to {n}", n=t.number(LARGEST)),
            b.multi_menu("people", people_of(people), hint=t("Type to search by name")),
            optional=True,
        ),
    ]
    if kept:
        choices = [(KEEP, t("None")), *((str(each.team.id), each.team.name) for each in kept)]
        blocks.append(b.entry(t("Take a team away"), b.select("gone", choices[: b.MENU], chosen=KEEP), optional=True))
    return b.form(View.GROUPS_TEAMS, t("Who stays together"), t("Save"), t("Cancel"), blocks[:100], metadata)
