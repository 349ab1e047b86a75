"""The question what a practice changes, its answer, the looks back, and the list of all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cluster.changes import picks
from cluster.changes.commitments import Held
from cluster.changes.counting import ToldCounts
from handlers import blocks as b
from handlers.changes.ids import Action, View
from handlers.changes.views import words as w
from handlers.meetings.views.words import titled
from handlers.message import Block
from locales import Texts
from storage.models import Meeting
from storage.words import CommitmentState

UNCHOSEN = (CommitmentState.ASKED, CommitmentState.NOTHING)
MOST_MEETINGS = 10
CHART = "chart"
"""Behind the id of a button below own charts, which are not drawn again when it is pressed."""


def question(held: Held, t: Texts) -> list[Block]:
    """One tap chooses, the menus say the rest; it stays open so that a slip of the finger is mended where it was."""
    row = held.row
    choices = [(picks.NOTHING, t("Nothing – we have that in hand already"))]
    choices += [(each.id, w.pick_text(each, t)) for each in picks.picks_of(held.round)]
    choices.append((picks.OWN, t("Something else, in our own words")))
    listed = [(f"{row.id}:{value}", label) for value, label in choices]
    chosen = b.radio(Action.COMMITMENT_PICK, listed, chosen=f"{row.id}:{row.pick}")
    blocks = [b.section(asks(held, t)), b.actions(chosen)]
    if row.state == CommitmentState.NOTHING:
        blocks.append(b.section(t("Noted: you have that in hand already.")))
    if row.state not in UNCHOSEN:
        blocks += [b.section(noted(held, t)), b.actions(*_menus(held, t)), b.actions(*_buttons(held, t))]
    blocks.append(b.context(_who_sees(held, t)))
    return blocks


def asks(held: Held, t: Texts) -> str:
    """The question."""
    return t("*What do you change?* After {topic}: choose one.", topic=w.topic(held, t))


def noted(held: Held, t: Texts) -> str:
    """What was chosen."""
    return t("*Noted:* {what}\n{details}", what=w.what(held, t), details=w.details(held, t, w.begins(held)))


def _who_sees(held: Held, t: Texts) -> str:
    if held.row.is_shared:
        return t("Everybody in the cluster can read it under your practice's name.")
    return t("🔒 Only your practice sees it. Nobody in the cluster is told whether you have answered.")


def _menus(held: Held, t: Texts) -> list[Block]:
    row = held.row
    who = [("all", t("The whole practice")), ("staff", t("The staff"))]
    who += [(str(each.id), each.name) for each in held.colleagues[:90]]
    weeks = [(str(each), _capital(t(w.WEEKS[each]))) for each in picks.WEEKS]
    barriers = [
        ("", t("Nothing stands in the way")),
        *((each, _capital(t(w.BARRIERS[each]))) for each in picks.BARRIERS),
    ]
    now = str(row.who_id) if row.who == "one" else row.who
    return [
        _menu(Action.COMMITMENT_WHO, row.id, who, now, t("Who begins?")),
        _menu(Action.COMMITMENT_WEEKS, row.id, weeks, str(row.in_weeks), t("From when?")),
        _menu(Action.COMMITMENT_BARRIER, row.id, barriers, row.barrier or None, t("What may stand in the way?")),
    ]


def _menu(action: str, number: int, choices: Sequence[b.Option], now: str | None, hint: str) -> Block:
    listed = [(f"{number}:{value}", label) for value, label in choices]
    return b.select(action, listed, chosen=None if now is None else f"{number}:{now}", hint=hint)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _buttons(held: Held, t: Texts) -> list[Block]:
    row = held.row
    write = b.button(t("Change the line") if row.words else t("Write a line"), Action.COMMITMENT_WORDS, row.id)
    return [write, share_button(held, t)]


def share_button(held: Held, t: Texts) -> Block:
    """Lets others read it, after saying what that means; or no longer."""
    if held.row.is_shared:
        return b.button(t("Don't share it any more"), Action.COMMITMENT_UNSHARE, held.row.id)
    sure = b.confirmation(
        t("Share it with the cluster?"),
        t(
            "Everybody in the cluster can read it with your practice's name, in `/klynge ændringer`. Nobody is "
            "written to."
        ),
        t("Let them read it"),
        t("No, keep it to us"),
    )
    return b.button(t("Share with the cluster"), Action.COMMITMENT_SHARE, held.row.id, confirm=sure)


def looks(held: Held, t: Texts, *, where: str = "") -> Block:
    """Going, not yet, dropped."""
    value = f"{held.row.id}:{where}" if where else str(held.row.id)
    return b.actions(
        b.button(t("Under way"), Action.COMMITMENT_GOING, value),
        b.button(t("Not yet"), Action.COMMITMENT_NOT_YET, value),
        b.button(t("Dropped"), Action.COMMITMENT_DROPPED, value),
    )


def look(held: Held, t: Texts) -> tuple[str, list[Block]]:
    """The look back, once."""
    said = w.said(held, t)
    if held.row.state == CommitmentState.MEANT:
        asked = t("How is it going? One tap is enough, and I won't ask about it again before you measure anew.")
        return f"{said}\n{asked}", [b.section(said), b.section(asked), looks(held, t)]
    return said, [b.section(said)]


def beside_charts(held: Held, t: Texts) -> list[Block]:
    """What was said after the last numbers, above the new ones."""
    if held.row.state == CommitmentState.DROPPED:
        return [b.section(w.said(held, t))]
    return [b.section(w.said(held, t)), looks(held, t, where=CHART)]


def words_form(held: Held, t: Texts) -> dict[str, Any]:
    """A line of own words."""
    line = b.entry(
        t("What do you change?"),
        b.text_field("words", initial=held.row.words, limit=200, hint=t("For instance: the nurse rings on Mondays")),
        help_text=t("One line is enough. Never write about patients."),
        optional=True,
    )
    metadata = json.dumps({"commitment": held.row.id})
    return b.form(View.COMMITMENT_WORDS, t("What we change"), t("Save"), t("Cancel"), [line], metadata)


def ask_form(asked: Sequence[tuple[Meeting, int, int]], t: Texts, cluster_id: int) -> dict[str, Any]:
    """Before the practices are asked: about which meeting, who gets it, when, and how it looks. ``asked``: meeting,
    practices, people."""
    choices = [
        (str(meeting.id), t("{meeting} ({practices} practices)", meeting=meeting.title, practices=practices))
        for meeting, practices, _ in asked[:MOST_MEETINGS]
    ]
    blocks: list[Block] = [b.entry(t("About which meeting?"), b.select("meeting", choices, chosen=choices[0][0]))]
    for meeting, practices, people in asked[:3]:
        blocks.append(
            b.section(
                t(
                    "{meeting}: now to {people} people of {practices} practices, those who are there or said so. Who "
                    "was asked already is not asked again.",
                    meeting=titled(meeting, t),
                    people=people,
                    practices=practices,
                )
            )
        )
    example = t("Nothing – we have that in hand already")
    blocks.append(
        b.section(t("It looks like this:\n> *What do you change?* Choose one.\n> ○ {example}\n> ○ …", example=example))
    )
    blocks.append(
        b.context(t("What a practice answers, and whether it answers, nobody else sees unless the practice shares it."))
    )
    metadata = json.dumps({"cluster": cluster_id})
    return b.form(View.COMMITMENT_ASK, t("What do you change?"), t("Ask now"), t("Cancel"), blocks, metadata)


def counted(row: ToldCounts, t: Texts) -> str:
    """How many said that they would change what."""
    n = row.practices
    head = t.n(
        "After {meeting}, {n} practice said that it would change something.",
        "After {meeting}, {n} practices said that they would change something.",
        n,
        meeting=titled(row.meeting, t),
    )
    if list(row.counts) == [""]:
        return head
    ordered = sorted(row.counts.items(), key=lambda each: (not each[0], -each[1], each[0]))
    kinds = t.listing(
        [t("{kind}: {n}", kind=t(w.KIND_NAMES.get(kind, w.KIND_NAMES["other"])), n=n) for kind, n in ordered]
    )
    return t("{head} What it is about: {kinds}.", head=head, kinds=kinds)


def overview(
    own: Sequence[Held],
    shared: Sequence[Held],
    counts: Sequence[ToldCounts],
    t: Texts,
    *,
    asks_for: int | None,
) -> tuple[str, list[Block]]:
    """Own, shared, counted; ``asks_for`` is the cluster of one who may ask."""
    lines: list[str] = []
    blocks: list[Block] = []
    for held in own[:5]:
        if held.row.state == CommitmentState.ASKED:
            blocks += question(held, t)
            lines.append(asks(held, t))
            continue
        lines.append(w.said(held, t))
        blocks.append(b.section(lines[-1]))
        if held.row.state != CommitmentState.NOTHING:
            blocks += [looks(held, t), b.actions(share_button(held, t))]
    told = [f"• *{b.escape(each.practice.name)}*: {w.what(each, t)} ({w.topic(each, t)})" for each in shared]
    if told:
        lines.append("\n".join([t("*Shared by others:*"), *told]))
        blocks.append(b.section(lines[-1]))
    for row in counts[:3]:
        lines.append(counted(row, t))
        blocks.append(b.section(lines[-1]))
    if not lines:
        lines.append(t("Nothing has been said yet about what your practice changes. I ask at the end of a meeting."))
        blocks.append(b.section(lines[-1]))
    if asks_for is not None:
        blocks.append(b.actions(b.button(t("Ask what the practices change"), Action.CLUSTER_ASK_CHANGES, asks_for)))
    return "\n\n".join(lines), blocks
