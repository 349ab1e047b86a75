"""Reading a list of members."""

from __future__ import annotations

from dataclasses import replace

from cluster.roster_rows import Flaw, Roster, RosterRow, is_roster, read_roster
from handlers.views.roster import template
from locales import texts_for
from measures.intake import read_file
from measures.sheets import write_workbook
from measures.table import Cell, SheetCells, Table

HEADER = ("Ydernummer", "Praksis", "Patienter", "Lægesystem", "Navn", "E-mail", "Titel", "Rolle")


def table(*rows: tuple[Cell, ...], hidden: bool = False) -> Table:
    return Table("csv", (SheetCells(None, rows, hidden),))


def test_roster_row_holds_everything_the_list_says() -> None:
    roster = read_roster(
        table(
            HEADER,
            ("057584", "Lægehuset Nord", 2345.0, "EG Clinea", "Anna Holm", "Anna@Nord.dk ", "Ejerlæge", "Koordinator"),
        )
    )

    assert roster == Roster(
        (
            RosterRow(
                row=2,
                ydernummer="057584",
                practice="Lægehuset Nord",
                list_size=2345,
                system="clinea",
                name="Anna Holm",
                email="anna@nord.dk",
                title="ejerlæge",
                role="coordinator",
            ),
        )
    )


def test_roster_is_known_by_its_headers_below_a_title_line() -> None:
    found = table(
        ("Klynge Øst – medlemmer 2026",), (), ("Yder-nr.", "NAVN", "E-mailadresse"), (57584, "Anna Holm", "a@n.dk")
    )

    assert is_roster(found)
    assert [(row.row, row.ydernummer, row.name) for row in read_roster(found).rows] == [(4, "057584", "Anna Holm")]


def test_practice_numbers_are_no_roster() -> None:
    assert not is_roster(table(("Ydernummer", "Tilmeldte", "KOL", "Spirometri"), ("057584", 2345, 130, 96)))
    assert read_roster(table(("Noget", "andet"))).rows == ()


def test_visible_sheet_is_read_before_a_hidden_one() -> None:
    hidden = SheetCells("gammel", (HEADER, ("000001", "Gammel", None, None, "Per", "p@g.dk", "", "")), hidden=True)
    shown = SheetCells("ny", (HEADER, ("000002", "Ny", None, None, "Ida", "i@n.dk", "", "")))

    assert [row.name for row in read_roster(Table("xlsx", (hidden, shown))).rows] == ["Ida"]


def test_leading_zeros_eaten_by_a_spreadsheet_are_put_back_and_told() -> None:
    roster = read_roster(table(HEADER, (57584.0, "Nord", None, None, "Anna", "a@n.dk", "", "")))

    assert roster.rows[0].ydernummer == "057584"
    assert roster.flaws == (Flaw("ydernummer_padded", 2, {"ydernummer": "057584"}),)
    assert not roster.flaws[0].leaves_out


def test_row_without_a_readable_ydernummer_is_left_out_with_its_row_number() -> None:
    roster = read_roster(
        table(
            HEADER,
            ("12A456", "Nord", None, None, "Anna", "a@n.dk", "", ""),
            ("1234567", "Syd", None, None, "Bo", "b@s.dk", "", ""),
            ("000000", "Vest", None, None, "Carl", "c@v.dk", "", ""),
        )
    )

    assert roster.rows == ()
    assert roster.flaws == (Flaw("ydernummer_wrong", 2), Flaw("ydernummer_wrong", 3), Flaw("ydernummer_wrong", 4))
    assert all(flaw.leaves_out for flaw in roster.flaws)


def test_one_email_in_two_practices_leaves_both_rows_out() -> None:
    roster = read_roster(
        table(
            HEADER,
            ("000001", "Nord", None, None, "Anna", "anna@n.dk", "", ""),
            ("000002", "Syd", None, None, "Anna", "ANNA@n.dk", "", ""),
            ("000002", "Syd", None, None, "Bo", "bo@s.dk", "", ""),
        )
    )

    assert [row.name for row in roster.rows] == ["Bo"]
    assert roster.flaws == (Flaw("email_two_practices", 2), Flaw("email_two_practices", 3))


def test_same_person_twice_in_a_practice_counts_once() -> None:
    row = ("000001", "Nord", None, None, "Anna", "anna@n.dk", "", "")
    roster = read_roster(table(HEADER, row, row))

    assert [each.row for each in roster.rows] == [2]
    assert roster.flaws == (Flaw("row_twice", 3),)


def test_doubtful_cells_are_left_blank_and_told() -> None:
    roster = read_roster(table(HEADER, ("000001", "Nord", "ca. 2000", "Papir", "Anna", "anna(a)n.dk", "", "Kejser")))

    assert roster.rows == (RosterRow(row=2, ydernummer="000001", practice="Nord", system="andet", name="Anna"),)
    assert [flaw.code for flaw in roster.flaws] == [
        "list_size_unreadable",
        "email_wrong",
        "role_unknown",
        "system_unknown",
    ]


def test_missing_email_is_told_and_the_person_kept() -> None:
    roster = read_roster(table(HEADER, ("000001", "Nord", None, None, "Anna", "", "", "")))

    assert [row.name for row in roster.rows] == ["Anna"]
    assert roster.flaws == (Flaw("email_missing", 2),)


def test_vacant_ydernummer_is_a_practice_without_people() -> None:
    roster = read_roster(table(HEADER, ("000001", "Ledigt ydernummer", None, None, None, None, None, None)))

    assert roster == Roster((RosterRow(row=2, ydernummer="000001", practice="Ledigt ydernummer"),))


def test_totals_and_blank_rows_are_passed_over() -> None:
    roster = read_roster(
        table(
            HEADER,
            ("000001", "Nord", "1.234", None, "Anna", "a@n.dk", "", ""),
            (None, "", None, None, None, None, None, None),
            ("I alt", None, 1234, None, None, None, None, None),
        )
    )

    assert [(row.ydernummer, row.list_size) for row in roster.rows] == [("000001", 1234)]
    assert roster.flaws == ()


def test_practice_described_in_two_ways_is_told_and_the_first_way_kept() -> None:
    roster = read_roster(
        table(
            HEADER,
            ("000001", "Nord", 2000, None, "Anna", "a@n.dk", "", ""),
            ("000001", "Nordlægerne", 2000, None, "Bo", "b@n.dk", "", ""),
        )
    )

    assert roster.flaws == (Flaw("practice_two_ways", 3, {"ydernummer": "000001"}),)


def test_roster_survives_being_kept() -> None:
    roster = read_roster(
        table(
            HEADER,
            (57584, "Nord", 2000, "XMO", "Anna", "a@n.dk", "Ejerlæge", "Medlem"),
            ("x", "Nord", 2000, None, "Bo", "b@n.dk", "", ""),
        )
    )

    assert Roster.restored(roster.stored()) == roster


async def test_empty_list_that_we_hand_out_is_read_without_its_example() -> None:
    for language in ("da", "en"):
        sheet = template(texts_for(language))
        filled = [*sheet.rows, (57584, "Nord", 2000, "XMO", "Anna", "anna@nord.dk", "", "", "ja")]
        read = await read_file(write_workbook([replace(sheet, rows=filled)]), "medlemmer.xlsx")

        assert is_roster(read)
        assert [(row.row, row.ydernummer, row.name, row.contact) for row in read_roster(read).rows] == [
            (3, "057584", "Anna", True)
        ]
