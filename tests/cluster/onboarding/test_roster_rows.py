"""Reading a list of members."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster.errors import ClusterError
from cluster.onboarding.roster_headings import MOST_ROWS
from cluster.onboarding.roster_rows import Flaw, Roster, RosterRow, is_roster, read_roster
from handlers.onboarding.views.roster import template
from locales import texts_for
from measures.reading.intake import read_file
from measures.reading.table import Cell, SheetCells, Table
from measures.sheets.sheets import write_workbook

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
    assert [(flaw.code, flaw.row, flaw.params["name"]) for flaw in roster.flaws] == [
        ("ydernummer_wrong", 2, "Anna"),
        ("ydernummer_wrong", 3, "Bo"),
        ("ydernummer_wrong", 4, "Carl"),
    ]
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
    assert roster.flaws == tuple(Flaw("email_two_practices", row, {"name": "Anna"}) for row in (2, 3))


def test_same_person_twice_in_a_practice_counts_once() -> None:
    row = ("000001", "Nord", None, None, "Anna", "anna@n.dk", "", "")
    roster = read_roster(table(HEADER, row, row))

    assert [each.row for each in roster.rows] == [2]
    assert roster.flaws == (Flaw("row_twice", 3, {"name": "Anna"}),)


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


def people_of(*rows: tuple[Cell, ...]) -> list[tuple[str, str, str, str | None]]:
    return [(row.ydernummer, row.practice, row.name, row.email) for row in read_roster(table(*rows)).rows]


def codes_of(*rows: tuple[Cell, ...]) -> list[tuple[str, int]]:
    return [(flaw.code, flaw.row) for flaw in read_roster(table(*rows)).flaws]


def test_first_and_last_name_are_one_name() -> None:
    rows = (("Ydernr.", "Praksis", "Fornavn", "Efternavn", "E-mail"), ("057584", "Nord", "Anna", "Holm", "a@n.dk"))
    assert people_of(*rows) == [("057584", "Nord", "Anna Holm", "a@n.dk")]


def test_first_name_beside_a_whole_name_is_no_second_reading() -> None:
    rows = (("Ydernr.", "Praksis", "Navn", "Fornavn", "E-mail"), ("057584", "Nord", "Anna Holm", "Anna", "a@n.dk"))
    assert people_of(*rows) == [("057584", "Nord", "Anna Holm", "a@n.dk")]


def test_practice_written_once_is_carried_down_and_told() -> None:
    rows = (
        ("Ydernummer", "Praksis", "Patienter", "Navn", "E-mail"),
        ("057584", "Nord", 3100, "Anna", "a@n.dk"),
        ("", "", "", "Bo", "b@n.dk"),
        ("058000", "Syd", 2000, "Ida", "i@s.dk"),
        (None, None, None, "Per", "p@s.dk"),
    )
    assert [each[:3] for each in people_of(*rows)] == [
        ("057584", "Nord", "Anna"),
        ("057584", "Nord", "Bo"),
        ("058000", "Syd", "Ida"),
        ("058000", "Syd", "Per"),
    ]
    assert codes_of(*rows) == [("practice_from_above", 3), ("practice_from_above", 5)]


def test_merged_practice_cells_need_no_word() -> None:
    rows = (HEADER, ("057584", "Nord", 3100, None, "Anna", "a@n.dk"), (None, None, None, None, "Bo", "b@n.dk"))
    merged = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2))
    roster = read_roster(Table("xlsx", (SheetCells("Ark1", rows, merged=merged),)))
    assert [(row.name, row.ydernummer, row.list_size) for row in roster.rows] == [
        ("Anna", "057584", 3100),
        ("Bo", "057584", 3100),
    ]
    assert roster.flaws == ()


def test_half_a_practice_is_not_completed_from_above() -> None:
    rows = (HEADER, ("057584", "Nord", 1, None, "Anna", "a@n.dk"), (None, "Syd", None, None, "Bo", "b@n.dk"))
    assert [each[2] for each in people_of(*rows)] == ["Anna"]
    assert ("ydernummer_wrong", 3) in codes_of(*rows)


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("6200.0", 6200),
        ("6200,00", 6200),
        ("6.200", 6200),
        ("6 200", 6200),
        (6200.0, 6200),
        ("6200", 6200),
        ("6200.5", None),
        ("62.00", 62),
        ("620.0.0", None),
        ("-6200", None),
    ],
)
def test_list_sizes_are_read_as_written(written: Cell, size: int | None) -> None:
    [row] = read_roster(table(HEADER, ("057584", "Nord", written, None, "Anna", "a@n.dk"))).rows
    assert row.list_size == size


def test_letter_o_in_a_ydernummer_is_a_nought_and_told() -> None:
    rows = (HEADER, ("O5758O", "Nord", 3100, None, "Anna", "a@n.dk"))
    assert people_of(*rows)[0][0] == "057580"
    assert codes_of(*rows) == [("ydernummer_mended", 2)]


def test_people_who_share_a_mailbox_are_all_kept_and_found_by_none() -> None:
    rows = (
        HEADER,
        ("057584", "Nord", 3100, None, "Anna", "info@nord.dk"),
        ("057584", "Nord", 3100, None, "Bo", "Info@Nord.dk"),
        ("058000", "Syd", 2000, None, "Ida", "info@nord.dk"),
    )
    assert [(name, email) for _, _, name, email in people_of(*rows)] == [("Anna", None), ("Bo", None), ("Ida", None)]
    assert codes_of(*rows) == [("email_shared", 2), ("email_shared", 3), ("email_shared", 4)]


def test_same_person_twice_counts_once() -> None:
    rows = (HEADER, *[("057584", "Nord", 3100, None, "Anna", "a@n.dk")] * 2)
    assert (len(people_of(*rows)), codes_of(*rows)) == (1, [("row_twice", 3)])


def test_two_columns_of_names_are_told_apart_by_what_stands_there() -> None:
    heading = ("Ydernummer", "Navn", "Navn", "E-mail")
    by_words = (heading, ("057584", "Lægehuset Nord", "Anna", "a@n.dk"), ("058000", "Klinikken", "Bo", "b@s.dk"))
    assert people_of(*by_words)[0] == ("057584", "Lægehuset Nord", "Anna", "a@n.dk")
    by_groups = (heading, ("057584", "Anna", "Holm & Co", "a@n.dk"), ("057584", "Bo", "Holm & Co", "b@n.dk"))
    assert people_of(*by_groups)[0] == ("057584", "Holm & Co", "Anna", "a@n.dk")


def test_two_columns_of_names_that_nothing_tells_apart_are_asked_about() -> None:
    found = table(("Ydernummer", "Navn", "Læge", "E-mail"), ("057584", "Holm", "Anna", "a@n.dk"))
    with pytest.raises(ClusterError) as refused:
        read_roster(found)
    assert (refused.value.code, refused.value.params) == ("roster.two_names", {"columns": "B, C", "row": 1})


def test_people_without_a_practice_are_a_list_of_members() -> None:
    rows = (("Navn", "E-mail"), ("Anna", "a@n.dk"), ("Bo", "b@s.dk"))
    assert people_of(*rows) == [("", "", "Anna", "a@n.dk"), ("", "", "Bo", "b@s.dk")]
    assert codes_of(*rows) == [("practice_unsaid", 2), ("practice_unsaid", 3)]


def test_practices_by_name_alone_are_kept_by_name() -> None:
    rows = (("Praksis", "Navn", "E-mail"), ("Nord", "Anna", "a@n.dk"))
    assert people_of(*rows) == [("", "Nord", "Anna", "a@n.dk")]


def test_several_sheets_with_people_are_asked_about() -> None:
    one, two = (SheetCells(name, (HEADER, ("057584", "Nord", 1, None, "Anna", "a@n.dk"))) for name in ("2025", "2026"))
    with pytest.raises(ClusterError) as refused:
        read_roster(Table("xlsx", (one, two)))
    assert (refused.value.code, refused.value.params) == ("roster.several_sheets", {"sheets": "2025, 2026"})


def test_list_of_more_people_than_a_cluster_has_is_refused_before_it_is_read() -> None:
    found = table(HEADER, *[("057584", "Nord", 1, None, "Anna", "a@n.dk")] * (MOST_ROWS + 1))
    with pytest.raises(ClusterError) as refused:
        read_roster(found)
    assert refused.value.code == "roster.too_long"
