"""The order of a central extract: a text to send on, a sheet to fill in, and the list of consents."""

from __future__ import annotations

from datetime import timedelta

from cluster.clock import local
from cluster.packages.lookup import package_of
from cluster.rounds.extracts import Order
from locales import Texts
from measures.packages.package import text
from measures.sheets.sheets import Sheet

DAYS_BEFORE = 2
"""Days before the cluster's own deadline by which the sheet is wanted back."""


def letter(order: Order, t: Texts) -> str:
    """The text to send to whoever can pull the numbers for all practices at once."""
    package, round_ = package_of(order.round), order.round
    wanted = local(round_.deadline - timedelta(days=DAYS_BEFORE)).date()
    head = [
        t("Subject: Numbers for {cluster}: {topic}", cluster=order.cluster.name, topic=text(package.title, t.lang)),
        "",
        t.n(
            "Our quality cluster asks for these numbers for {n} practice, for {start} – {end}:",
            "Our quality cluster asks for these numbers for each of {n} practices, for {start} – {end}:",
            len(order.practices),
            start=t.date(round_.period_start),
            end=t.date(round_.period_end),
        ),
    ]
    asked = [
        f"{number}. {text(field.label, t.lang)}: {text(field.help, t.lang)}"
        for number, field in enumerate(package.fields, start=1)
    ]
    tail = [
        "",
        t("Who is counted: {population}", population=text(package.population, t.lang)),
        t("The practices are listed in the sheet by practice number. Please write one number in each cell."),
        t("Only counts: never names or CPR numbers. Write a count below 5 as <5 if you may not give it."),
        t("Each practice on the list has consented; the dates are in the other sheet."),
        t("We would like the sheet back before {day}.", day=t.date(wanted)),
    ]
    return "\n".join([*head, *asked, *tail])


def blank_sheet(order: Order, t: Texts) -> Sheet:
    """A row for each practice and a column for each number: sent back to the bot, it is read as it is."""
    package = package_of(order.round)
    labels = [text(field.label, t.lang) for field in package.fields]
    rows = [[each.ydernummer, each.name, *[""] * len(labels)] for each in order.practices]
    widths = [14, 32, *[24] * len(labels)]
    return Sheet(t("Numbers"), [t("Practice number"), t("Practice"), *labels], rows, widths)


def consent_sheet(order: Order, t: Texts) -> Sheet:
    """Which practices consented, and when: for whoever must see that before handing out numbers."""
    rows = [[each.ydernummer, each.name, f"{order.consented[each.id]:%d-%m-%Y}"] for each in order.practices]
    return Sheet(t("Consents"), [t("Practice number"), t("Practice"), t("Consent given")], rows, [14, 32, 18])
