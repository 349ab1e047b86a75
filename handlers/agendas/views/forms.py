"""Forms of an agenda: a point, a new suggestion, sharing, a wish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.agendas.agendas import AgendaEntry, WholeAgenda
from cluster.agendas.editing import SPEAKER_LIMIT, TITLE_LIMIT, USUAL
from cluster.agendas.fitting import LONGEST
from handlers import blocks as b
from handlers.agendas.ids import View
from handlers.agendas.views.agenda import warnings
from handlers.meetings.views.agenda import agenda_sections, name_of
from handlers.meetings.views.words import titled
from handlers.message import Block
from locales import N_, Texts
from measures.packages.package import Package, text
from storage.models import AgendaItem, Meeting
from storage.words import ItemKind

FIRST, KEEP, REMOVE, LATER = "first", "keep", "remove", "later"
KIND_NAMES = {
    ItemKind.POINT: N_("A point to talk about"),
    ItemKind.DATA: N_("The cluster's numbers (their time is protected)"),
    ItemKind.TALK: N_("A talk"),
    ItemKind.GROUP: N_("Groups"),
    ItemKind.PLENUM: N_("All together"),
    ItemKind.WELCOME: N_("Welcome"),
    ItemKind.BREAK: N_("Break"),
    ItemKind.FOOD: N_("Food"),
    ItemKind.SOCIAL: N_("Being together"),
}


def point(
    meeting: Meeting, entries: Sequence[AgendaEntry], t: Texts, *, metadata: str, item: AgendaItem | None = None
) -> dict[str, Any]:
    """A new point, or one as it stands."""
    kinds = [(kind.value, t(name)) for kind, name in KIND_NAMES.items()]
    others = [each for each in entries if item is None or each.item_id != item.id][: b.MENU - 1]
    places = [(FIRST, t("First")), *((str(each.item_id), _after(each, t)) for each in others)]
    named = item is not None and bool(item.named)
    hint = name_of(item, t) if item is not None and named else t("For example: news from the out-of-hours service")
    title = b.text_field("title", initial=item.title if item else "", limit=TITLE_LIMIT, hint=hint)
    minutes = b.number_field("minutes", initial=item.minutes if item else USUAL, low=1, high=LONGEST)
    blocks: list[Block] = [
        b.section(titled(meeting, t)),
        b.entry(t("What is it about?"), title, optional=named),
        b.entry(t("Minutes"), minutes),
        b.entry(
            t("What kind of point is it?"), b.select("kind", kinds, chosen=(item.kind if item else ItemKind.POINT))
        ),
        b.entry(
            t("Who speaks?"),
            b.text_field("speaker", initial=item.speaker if item else "", limit=SPEAKER_LIMIT),
            optional=True,
        ),
        b.entry(
            t("Where does it stand?"),
            b.select("after", places, hint=t("Where it is now") if item else t("Before the food")),
            optional=True,
        ),
    ]
    if item is None:
        return b.form(View.AGENDA_POINT, t("Add a point"), t("Save"), t("Cancel"), blocks, metadata)
    fates = [(KEEP, t("Keep it")), (LATER, t("Keep it for the next meeting")), (REMOVE, t("Take it off the agenda"))]
    blocks.append(b.entry(t("And the point?"), b.radio("fate", fates, chosen=KEEP)))
    return b.form(View.AGENDA_POINT, t("Change the point"), t("Save"), t("Cancel"), blocks, metadata)


def _after(entry: AgendaEntry, t: Texts) -> str:
    return t("After: {point}", point=name_of(entry, t))


def again(meeting: Meeting, packages: Sequence[Package], chosen: str, t: Texts, *, metadata: str) -> dict[str, Any]:
    """From what the agenda shall be suggested once more."""
    titles = sorted(((each.id, text(each.title, t.lang)) for each in packages), key=lambda each: each[1].casefold())
    choices = [("kind", t("The kind of meeting, or the numbers asked for it")), *titles]
    blocks: list[Block] = [
        b.section(titled(meeting, t)),
        b.entry(t("Suggest it from"), b.menu("package", choices[: b.MENU], chosen=chosen or "kind")),
        b.context(t("The points on the agenda are replaced. Write “undo” to get them back within ten minutes.")),
    ]
    return b.form(View.AGENDA_AGAIN, t("Suggest anew"), t("Suggest"), t("Cancel"), blocks, metadata)


def share(whole: WholeAgenda, people: int, t: Texts, *, metadata: str) -> dict[str, Any]:
    """To whom it goes, when, and how it looks."""
    said = warnings(whole.warned, t)
    to_whom = t.n(
        "{n} person who is invited sees it at once: on the invitation, on the Home page and in one message in the "
        "channel. Nobody gets a private message. If you change it, it is changed there.",
        "{n} people who are invited see it at once: on the invitation, on the Home page and in one message in the "
        "channel. Nobody gets a private message. If you change it, it is changed there.",
        people,
    )
    blocks: list[Block] = [b.section(to_whom)]
    if said:
        blocks.append(b.section("\n".join(f"⚠ {each}" for each in said)))
    blocks += [b.divider(), b.section(titled(whole.meeting, t)), *map(b.section, agenda_sections(whole.entries, t))]
    return b.form(View.AGENDA_SHARE, t("Share the agenda"), t("Share it"), t("Not yet"), blocks, metadata)


def wish(meeting: Meeting, t: Texts, *, metadata: str) -> dict[str, Any]:
    """A member's point."""
    field = b.text_field("wish", limit=TITLE_LIMIT, hint=t("For example: news from the out-of-hours service"))
    blocks: list[Block] = [
        b.section(titled(meeting, t)),
        b.entry(
            t("What would you like to talk about?"),
            field,
            help_text=t("Those who plan the meeting see it with your name. Write nothing about patients."),
        ),
    ]
    return b.form(View.AGENDA_WISH, t("Wish for a point"), t("Send"), t("Cancel"), blocks, metadata)
