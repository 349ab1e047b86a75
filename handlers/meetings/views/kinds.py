"""What the form asks of a kind of meeting: where or by which link, with whom, how long ahead."""

from __future__ import annotations

from cluster.meetings.details import ASKED, LINK_LIMIT, MOST_NOTICE, MOST_SEATS, VIRTUAL, Written
from handlers.blocks import entry, number_field, text_field
from handlers.message import Block
from locales import N_, Texts

_WITH = {
    "visit": N_("Who receives us?"),
    "staff": N_("Who takes part besides the doctors?"),
    "municipality": N_("Whom do we meet with?"),
}


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind, by name: kinds that have the same are asked by the same form."""
    return tuple(filter(None, (kind if kind in {"visit", VIRTUAL} else "", ASKED.get(kind, ""))))


def of_kind(written: Written, t: Texts) -> list[Block]:
    """The fields themselves."""
    place = t("Where do we meet?") if written.kind == "visit" else t("Place")
    is_online = written.kind == VIRTUAL
    link = entry(
        t("Link to the meeting") if is_online else t("Link, if one can take part online"),
        text_field("link", initial=written.link, limit=LINK_LIMIT, hint="https://"),
        help_text=t("Only those who are invited see it. If it is not ready, add it later: then all get it."),
        optional=True,
    )
    blocks = [] if is_online else [entry(place, text_field("place", initial=written.place, limit=200), optional=True)]
    blocks.append(link)
    if not is_online:
        seats = int(written.seats) if written.seats.isdecimal() else None
        blocks.append(
            entry(
                t("Seats, if there is not room for all"),
                number_field("seats", initial=seats, low=1, high=MOST_SEATS),
                help_text=t("Whoever comes after them is on a waiting list, and gets the next seat that is free."),
                optional=True,
            )
        )
    if ASKED.get(written.kind) == "with_whom":
        label = t(_WITH[written.kind])
        blocks.append(entry(label, text_field("with_whom", initial=written.with_whom, limit=200), optional=True))
    if ASKED.get(written.kind) == "notice_days":
        days = int(written.notice_days) if written.notice_days.isdecimal() else None
        blocks.append(
            entry(
                t("Notice in days, as your statutes say"),
                number_field("notice_days", initial=days, low=0, high=MOST_NOTICE),
                help_text=t(
                    "I warn you if the invitation goes out later than that. Leave it empty if they say nothing."
                ),
                optional=True,
            )
        )
    return blocks


def short_notice_text(given: int, agreed: int, t: Texts) -> str:
    """The assembly is called later than it should be."""
    said = t.n("The assembly is called {n} day before.", "The assembly is called {n} days before.", given)
    return said + " " + t.n("Your statutes say at least {n} day.", "Your statutes say at least {n} days.", agreed)
