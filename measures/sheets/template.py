"""The workbook that a practice fills in: one sheet with a few yellow cells, one with a guide."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from measures.packages.package import Guide, Package, text
from measures.packages.systems import OTHER, SYSTEMS
from measures.sheets.sheets import OPTIONS, safe_title
from measures.texts import Texts

WIDTHS = (46, 16, 70)


def build_template(
    package: Package, practice_name: str, ydernummer: str, period_text: str, t: Texts, system: str | None = None
) -> bytes:
    """The template as .xlsx, filled with the practice's name and number, so that it can be sent back as it is.

    `system` is the practice's lægesystem id; its guide comes first on the second sheet.
    """
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        styles = {
            "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#0072B2"}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
            "faint": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#555555"}),
            "head": book.add_format({"bold": True, "bottom": 2, "valign": "top"}),
            "label": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "known": book.add_format({"align": "right", "valign": "top", "num_format": "@"}),
            "answer": book.add_format({"bg_color": "#FFF7CC", "border": 1, "num_format": "#,##0", "valign": "top"}),
            "amount": book.add_format(
                {"bg_color": "#FFF7CC", "border": 1, "num_format": "#,##0.######", "valign": "top"}
            ),
        }
        _fill_sheet(book, styles, package, (practice_name, ydernummer, period_text), t)
        _guide_sheet(book, styles, package, system, t)
    return buffer.getvalue()


def _fill_sheet(book: Any, styles: dict[str, Any], package: Package, facts: tuple[str, str, str], t: Texts) -> None:
    page = book.add_worksheet(safe_title(t("Numbers"), 1))
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, text(package.title, t.lang), styles["title"])
    page.merge_range(
        1,
        0,
        1,
        2,
        t("Write counts in the yellow cells – never names or CPR numbers. Then send the file back."),
        styles["plain"],
    )
    names = (t("Practice"), t("Practice number"), t("Period"))
    for row, (name, value) in enumerate(zip(names, facts, strict=True), start=3):
        page.write_string(row, 0, name, styles["label"])
        page.write_string(row, 1, value, styles["known"])
    for column, heading in enumerate((t("What we ask for"), t("Your number"), t("How to count"))):
        page.write_string(7, column, heading, styles["head"])
    whole = {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_title": t("A whole number, please"),
        "error_message": t("Write a whole number, 0 or larger."),
    }
    amount = whole | {
        "validate": "decimal",
        "error_title": t("A number, please"),
        "error_message": t("Write a number, 0 or larger. It may have decimals."),
    }
    for row, item in enumerate(package.fields, start=8):
        page.write_string(row, 0, text(item.label, t.lang), styles["label"])
        takes_decimals = package.places(item.id) > 0
        page.write_blank(row, 1, None, styles["amount" if takes_decimals else "answer"])
        page.data_validation(row, 1, row, 1, amount if takes_decimals else whole)
        page.write_string(row, 2, text(item.help, t.lang), styles["faint"])
        page.set_row(row, 45)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_selection(8, 1, 8, 1)


def _guide_sheet(book: Any, styles: dict[str, Any], package: Package, system: str | None, t: Texts) -> None:
    page = book.add_worksheet(safe_title(t("Guide"), 2))
    page.set_column(0, 0, 110)
    page.write_string(0, 0, t("Where to find the numbers"), styles["title"])
    page.write_string(1, 0, text(package.population, t.lang), styles["plain"])
    row = 3
    for name, guide in _guides(package, system, t):
        page.write_string(row, 0, name, styles["head"])
        for number, step in enumerate(guide.steps[_language(t)], start=1):
            page.write_string(row + number, 0, f"{number}. {step}", styles["plain"])
        row += len(guide.steps[_language(t)]) + 1
        if not guide.verified:
            page.write_string(
                row, 0, t("Not yet tried in every version – tell us if a step is wrong."), styles["faint"]
            )
            row += 1
        row += 1


def _guides(package: Package, system: str | None, t: Texts) -> list[tuple[str, Guide]]:
    """The practice's own system first, then the ways that are the same for everyone."""
    named = {item.id: item.name for item in SYSTEMS if item.id != OTHER}
    own = package.guide(system or OTHER)
    if own.name:
        heading = text(own.name, t.lang)
    elif system in named and system in package.guides:
        heading = t("In {system}", system=named[system])
    else:
        heading = t("In your record system")
    shared = [(text(guide.name, t.lang), guide) for guide in package.other_ways(system or OTHER) if guide.name]
    return [(heading, own), *shared]


def _language(t: Texts) -> Any:
    return "da" if t.lang == "da" else "en"
