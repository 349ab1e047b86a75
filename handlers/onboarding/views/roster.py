"""How a list of members looks before and after it is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from cluster.members.cluster_rules import ENOUGH_PATIENTS
from cluster.onboarding.roster import Flaw, ListedPerson, Preview
from cluster.onboarding.roster_rows import EXAMPLE
from handlers import blocks as b
from handlers.conversation.ids import Action as ConversationAction
from handlers.members.views.list_tasks import shortened
from handlers.message import Block, Message
from handlers.onboarding.ids import Action
from locales import N_, Texts
from measures.packages.systems import SYSTEMS
from measures.reading.table import Cell
from measures.sheets.sheets import Sheet
from storage.models import Cluster

FLAWS = {
    "ydernummer_wrong": N_("no readable ydernummer (1 to 6 digits)"),
    "name_missing": N_("no name"),
    "email_two_practices": N_("the same e-mail address in two practices"),
    "row_twice": N_("the same person twice; counted once"),
    "people_in_one_cell": N_("several people in one row; give each person a row"),
    "name_is_practice": N_("this is a practice, not a person's name; write who it is"),
    "person_ended": N_("noted as no longer a member; not counted"),
    "no_person": N_("a remark, not a person"),
    "email_missing": N_("no e-mail address, so I cannot find the person in Slack"),
    "email_wrong": N_("the e-mail address does not look like one; left blank"),
    "practice_two_ways": N_("the practice has another name or list size further up; the first is used"),
    "list_size_unreadable": N_("the number of patients is not a whole number; left blank"),
    "system_unknown": N_("unknown record system; noted as “other”"),
    "role_unknown": N_("unknown role; noted as member"),
    "email_shared": N_(
        "several people share the e-mail address, so I can't use it to find any of them in Slack; left blank"
    ),
    "practice_from_above": N_("no practice in the row itself; I took the one from the row above"),
    "practice_unsaid": N_(
        "no ydernummer; I look for the practice by its name, and otherwise you choose one afterwards"
    ),
    "ydernummer_mended": N_("a letter O in the ydernummer; I read it as a nought"),
    "ydernummer_padded": N_("leading zeros were missing in the ydernummer; I put them back"),
}
CHANGES = {
    "practice": N_("practice"),
    "name": N_("name"),
    "active": N_("member again"),
    "email": N_("e-mail address"),
    "title": N_("title"),
    "role": N_("role"),
}
SHOWN = 12


def preview(
    import_id: int, seen: Preview, not_listed: Sequence[str], t: Texts, *, later: datetime | None = None
) -> list[Block]:
    """What the list would do, with the buttons to save or drop it. ``later`` is when people are written to, when it is
    too late for that now."""
    blocks = [b.section(f"*{preview_text(seen, t)}*"), b.section("\n".join(_counts(seen.practices, seen.members, t)))]
    blocks += [b.section(words) for words in people_lines(seen.people, t)]
    if lines := _flaw_lines(seen.flaws, t):
        blocks.append(b.section("\n".join(lines)))
    if notes := _notes(seen, not_listed, t):
        blocks.append(b.context(*notes))
    drop = b.button(t("Discard it"), Action.ROSTER_DROP, import_id)
    if not seen.changes_anything:
        return [*blocks, b.actions(drop)]
    save = b.button(t("Save"), Action.ROSTER_SAVE, import_id, style="primary")
    if later is None:
        return [*blocks, b.actions(save, drop)]
    blocks.append(b.section(later_said(later, t)))
    at_once = b.button(t("Save, and write to them now"), Action.ROSTER_SAVE_NOW, import_id)
    return [*blocks, b.actions(save, at_once, drop)]


MOST_ASKED = 45
"""Slack takes fifty blocks."""


def which(clusters: Sequence[Cluster], source: str, t: Texts) -> Message:
    """The question which cluster a list is for; the channel tells those apart that have no name yet."""
    said = t("Which of your clusters is the list for? I have kept nothing yet.")
    rows = [
        b.section(
            f"*{b.escape(each.name) or t('Your cluster')}* · <#{each.channel_id}>",
            b.button(t("Read it for this one"), ConversationAction.CLUSTER_LIST, f"{each.id}:{source}"),
        )
        for each in clusters[:MOST_ASKED]
    ]
    return Message(said, [b.section(said), *rows])


def whose(cluster: Cluster, t: Texts) -> str:
    """The cluster of the list, to whoever runs several."""
    return t(
        "The list is for *{cluster}*. Is it for another of your clusters? Discard it, and use the buttons under "
        "*Members* in that cluster's part of your Home page.",
        cluster=b.escape(cluster.name) or t("Your cluster"),
    )


def people_lines(people: Sequence[ListedPerson], t: Texts) -> list[str]:
    """Who is new and who is changed, by name; the first of them, when they are many: the sheet holds all."""
    found = []
    for state, title in (("new", N_("*New members*")), ("changed", N_("*Changed members*"))):
        those = [each for each in people if each.state == state]
        lines = [f"• {_person(each, t)}" for each in those[:SHOWN]]
        if len(those) > SHOWN:
            more = len(those) - SHOWN
            lines.append(t.n("… and {n} more, on the sheet", "… and {n} more, on the sheet", more))
        if lines:
            found.append("\n".join([t(title), *lines]))
    return found


def marked_sheet(seen: Preview, t: Texts) -> Sheet:
    """Every row of the list with what becomes of it, for a list too long to be shown in a message."""
    whys: dict[int, list[str]] = {}
    for flaw in seen.flaws:
        whys.setdefault(flaw.row, []).append(t(FLAWS[flaw.code]))
    states = {"new": t("new"), "changed": t("changed"), "unchanged": t("unchanged")}
    rows: dict[int, tuple[Cell, ...]] = {
        each.row: (
            each.row,
            each.name,
            each.practice,
            each.email,
            states[each.state],
            t.listing([t(CHANGES[what]) for what in each.changes]),
            "; ".join(whys.get(each.row, ())),
        )
        for each in seen.people
    }
    for flaw in (each for each in seen.flaws if each.leaves_out):
        why = "; ".join(whys[flaw.row])
        rows.setdefault(flaw.row, (flaw.row, flaw.params.get("name", ""), "", "", t("left out"), "", why))
    header = (t("Row"), t("Name"), t("Practice"), t("E-mail"), t("When you save"), t("What is new"), t("Worth a look"))
    return Sheet(t("Members"), header, [rows[row] for row in sorted(rows)], (6, 28, 28, 32, 12, 24, 60))


def is_long(seen: Preview) -> bool:
    """Whether a message can't show all of it."""
    counts = [sum(each.state == state for each in seen.people) for state in ("new", "changed")]
    left_out = sum(flaw.leaves_out for flaw in seen.flaws)
    return max(*counts, left_out) > SHOWN


def _person(each: ListedPerson, t: Texts) -> str:
    name, practice, before = b.escape(each.name), b.escape(each.practice), b.escape(each.before)
    if before:
        return t("{name}: from {before} to {practice}", name=name, before=before, practice=practice)
    what = t.listing([t(CHANGES[what]) for what in each.changes])
    said = t("{name} – {practice}", name=name, practice=practice or t("no practice yet"))
    return f"{said} ({what})" if what else said


def preview_said(seen: Preview, not_listed: Sequence[str], t: Texts) -> str:
    """The same as lines of text, for reading aloud and for a terminal."""
    counts, flaws = _counts(seen.practices, seen.members, t), _flaw_lines(seen.flaws, t)
    people = people_lines(seen.people, t)
    return "\n".join([preview_text(seen, t), *counts, *people, *flaws, *_notes(seen, not_listed, t)])


def _notes(seen: Preview, not_listed: Sequence[str], t: Texts) -> list[str]:
    notes = [_small(seen.patients, t), _lacking(seen.without_contact, t), _vacant(seen.vacant, t)]
    if not_listed:
        named = t.listing([b.escape(name) for name in not_listed[:SHOWN]])
        notes.append(
            t.n(
                "{n} member is not on the list and stays a member: {names}.",
                "{n} members are not on the list and stay members: {names}.",
                len(not_listed),
                names=named + ("…" if len(not_listed) > SHOWN else ""),
            )
        )
    return [note for note in notes if note]


def preview_text(seen: Preview, t: Texts) -> str:
    """The preview in one sentence."""
    if not seen.changes_anything:
        return t("I have read the list. It says only what I already know, so there is nothing to save.")
    return t("I have read the list of members. Nothing is saved yet; please look it over and press Save.")


def saved_text(practices: Counter[str], members: Counter[str], matched: int, t: Texts) -> str:
    """What saving did."""
    found = t.n(
        "I found {n} more person in Slack and have written to them.",
        "I found {n} more people in Slack and have written to them.",
        matched,
    )
    return "\n".join([t("The list is saved."), *_counts(practices, members, t), found])


def later_said(later: datetime, t: Texts) -> str:
    """That nobody is written to in the evening without being asked."""
    return t(
        "Unless you ask for it, I write to people on workdays between 8 and 17 only. The new members hear from me "
        "{moment}. All right?",
        moment=t.moment(later),
    )


def saved_for_later(practices: Counter[str], members: Counter[str], greets_at: str, t: Texts) -> str:
    """What saving did late in the day."""
    moment = t.moment(datetime.fromisoformat(greets_at))
    waits = t("I write to those whom I found in Slack {moment}; until then nobody hears from me.", moment=moment)
    return "\n".join([t("The list is saved."), *_counts(practices, members, t), waits])


def template(t: Texts) -> Sheet:
    """An empty list of members with one example to write over."""
    header = (t("Ydernummer"), t("Practice"), t("Patients"), t("Record system"), t("Name"), t("E-mail"))
    more = (t("Title"), t("Role"), t("Contact person"))
    example = ("012345", t("The example practice"), 1600, SYSTEMS[0].name, t("Example Example"), EXAMPLE)
    return Sheet(
        t("Members"),
        (*header, *more),
        [(*example, t("owner"), t("member"), t("yes"))],
        (12, 28, 12, 16, 24, 30, 16, 14, 16),
    )


def _counts(practices: Counter[str], members: Counter[str], t: Texts) -> list[str]:
    return [
        t("Practices: {counts}", counts=_states(practices, t)),
        t("Members: {counts}", counts=_states(members, t)),
    ]


def _states(counts: Counter[str], t: Texts) -> str:
    said = [
        t.n("{n} new", "{n} new", counts["new"]) if counts["new"] else "",
        t.n("{n} changed", "{n} changed", counts["changed"]) if counts["changed"] else "",
        t.n("{n} unchanged", "{n} unchanged", counts["unchanged"]) if counts["unchanged"] else "",
    ]
    return t.listing([each for each in said if each]) or t("none")


def _flaw_lines(flaws: Sequence[Flaw], t: Texts) -> list[str]:
    grouped: dict[str, list[str]] = {}
    for flaw in flaws:
        name = b.escape(str(flaw.params.get("name", "")))
        grouped.setdefault(flaw.code, []).append(f"{flaw.row} ({name})" if name else str(flaw.row))
    left_out = [code for code in grouped if Flaw(code, 0).leaves_out]
    lines = [t("*Left out:*")] if left_out else []
    lines += [_flaw_line(code, grouped[code], t) for code in left_out]
    rest = [code for code in FLAWS if code in grouped and code not in left_out]
    lines += [t("*Worth a look:*")] if rest else []
    return lines + [_flaw_line(code, grouped[code], t) for code in rest]


def _flaw_line(code: str, rows: Sequence[str], t: Texts) -> str:
    numbers = t.listing(list(rows[:SHOWN])) + ("…" if len(rows) > SHOWN else "")
    return "• " + t.n("Row {rows}: {what}", "Rows {rows}: {what}", len(rows), rows=numbers, what=t(FLAWS[code]))


def _small(patients: int | None, t: Texts) -> str:
    if patients is None or patients >= ENOUGH_PATIENTS:
        return ""
    return t(
        "The cluster covers {patients} patients. The agreement expects at least {enough}.",
        patients=t.number(patients),
        enough=t.number(ENOUGH_PATIENTS),
    )


def _lacking(names: Sequence[str], t: Texts) -> str:
    if not names:
        return ""
    return t("These practices have no contact yet; you choose them afterwards: {names}.", names=shortened(names, t))


def _vacant(names: Sequence[str], t: Texts) -> str:
    return t("Vacant ydernumre: {names}.", names=shortened(names, t)) if names else ""
