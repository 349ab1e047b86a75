"""How a list of members looks before and after it is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cluster.roster import Flaw, Preview
from cluster.roster_rows import EXAMPLE
from cluster.setup import ENOUGH_PATIENTS
from handlers.ids import Action
from handlers.message import Block
from handlers.views import blocks as b
from locales import N_, Texts
from measures.sheets import Sheet
from measures.systems import SYSTEMS
from storage.models import Member

FLAWS = {
    "ydernummer_wrong": N_("no readable ydernummer (1 to 6 digits)"),
    "name_missing": N_("no name"),
    "email_two_practices": N_("the same e-mail address in two practices"),
    "row_twice": N_("the same person twice; counted once"),
    "email_missing": N_("no e-mail address, so I cannot find the person in Slack"),
    "email_wrong": N_("the e-mail address does not look like one; left blank"),
    "practice_two_ways": N_("the practice has another name or list size further up; the first is used"),
    "list_size_unreadable": N_("the number of patients is no whole number; left blank"),
    "system_unknown": N_("unknown record system; noted as “other”"),
    "role_unknown": N_("unknown role; noted as member"),
    "ydernummer_padded": N_("leading zeros were missing in the ydernummer; I put them back"),
}
SHOWN = 12


def preview(import_id: int, seen: Preview, not_listed: Sequence[str], t: Texts) -> list[Block]:
    """What the list would do, with the buttons to save or drop it."""
    blocks = [b.section(f"*{preview_text(seen, t)}*"), b.section("\n".join(_counts(seen.practices, seen.members, t)))]
    if lines := _flaw_lines(seen.flaws, t):
        blocks.append(b.section("\n".join(lines)))
    if notes := _notes(seen, not_listed, t):
        blocks.append(b.context(*notes))
    drop = b.button(t("Drop it"), Action.ROSTER_DROP, import_id)
    save = b.button(t("Save"), Action.ROSTER_SAVE, import_id, style="primary")
    return [*blocks, b.actions(*([save, drop] if seen.changes_anything else [drop]))]


def preview_said(seen: Preview, not_listed: Sequence[str], t: Texts) -> str:
    """The same as lines of text, for reading aloud and for a terminal."""
    counts, flaws = _counts(seen.practices, seen.members, t), _flaw_lines(seen.flaws, t)
    return "\n".join([preview_text(seen, t), *counts, *flaws, *_notes(seen, not_listed, t)])


def _notes(seen: Preview, not_listed: Sequence[str], t: Texts) -> list[str]:
    notes = [_small(seen.patients, t), _lacking([b.escape(name) for name in seen.without_contact], t)]
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
        return t("I have read the list. It says what I know already, so there is nothing to save.")
    return t("I have read the list of members. Nothing is saved yet; have a look and press Save.")


def saved_text(practices: Counter[str], members: Counter[str], matched: int, t: Texts) -> str:
    """What saving did."""
    found = t.n(
        "I found {n} more person in Slack and have written to them.",
        "I found {n} more people in Slack and have written to them.",
        matched,
    )
    return "\n".join([t("The list is saved."), *_counts(practices, members, t), found])


def left_to_do(unmatched: Sequence[Member], lacking: Sequence[str], patients: int | None, t: Texts) -> list[str]:
    """What is left to do after a list was saved."""
    notes = [
        _unfound([member.name for member in unmatched if member.email], t),
        _unreachable([member.name for member in unmatched if not member.email], t),
        _lacking([b.escape(name) for name in lacking], t),
        _small(patients, t),
    ]
    return [note for note in notes if note]


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
    grouped: dict[str, list[int]] = {}
    for flaw in flaws:
        grouped.setdefault(flaw.code, []).append(flaw.row)
    left_out = [code for code in grouped if Flaw(code, 0).leaves_out]
    lines = [t("*Left out:*")] if left_out else []
    lines += [_flaw_line(code, grouped[code], t) for code in left_out]
    rest = [code for code in FLAWS if code in grouped and code not in left_out]
    lines += [t("*Worth a look:*")] if rest else []
    return lines + [_flaw_line(code, grouped[code], t) for code in rest]


def _flaw_line(code: str, rows: Sequence[int], t: Texts) -> str:
    numbers = t.listing([str(row) for row in rows[:SHOWN]]) + ("…" if len(rows) > SHOWN else "")
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
    named = t.listing(list(names[:SHOWN])) + ("…" if len(names) > SHOWN else "")
    return t("Nobody answers for these practices yet; choose a contact under Members: {names}.", names=named)


def _unfound(names: Sequence[str], t: Texts) -> str:
    if not names:
        return ""
    named = ", ".join(b.escape(name) for name in names[: SHOWN * 3]) + ("…" if len(names) > SHOWN * 3 else "")
    return t(
        "I could not find these people in Slack by their e-mail address: {names}. As soon as they join, I write to "
        "them.",
        names=named,
    )


def _unreachable(names: Sequence[str], t: Texts) -> str:
    if not names:
        return ""
    named = ", ".join(b.escape(name) for name in names[: SHOWN * 3]) + ("…" if len(names) > SHOWN * 3 else "")
    return t("Without an e-mail address I cannot find: {names}. Send a list with their addresses.", names=named)
