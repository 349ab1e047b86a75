"""Lists of patients are recognised without a single CPR number – and tables of counts are left alone."""

import pytest

from measures.reading.intake import read_table
from measures.reading.personal import places_of
from measures.reading.problems import Where
from measures.reading.table import SheetCells


def suspicion(text: str) -> tuple[str, Where] | None:
    return read_table(text.encode(), "tal.csv").suspicion


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Udtræk\n\nCPR-nr.;Diagnose\nxxx;R95\n", 3),
        ("Personnummer;KOL\n-;1\n", 1),
        ("Fornavn;Alder\nJens;60\n", 1),
        ("Id;Dato\n1;12-05-1948\n2;03-11-1960\n3;30-01-1985\n", 2),
        ("a;1948-05-12 00:00:00\nb;1960-11-03 00:00:00\nc;1985-01-30 00:00:00\n", 1),
        ("Dag;Løbenr\n120548;4916\n31160;1234\n300185;2221\n", 2),
        ("Liste;KOL\nJens Hansen 12.05.1948;1\n", 2),
        ("Hvem;Dag\nJens Hansen;12-05-2019\nIda Holm;03-11-2020\n", 2),
        ("Hvem;Dag\nJens Hansen;120548\nIda Holm;031160\n", 2),
        ("KOL;Note\n1;født 12/5 48\n", 2),
    ],
)
def test_a_list_of_patients_shows_itself(text, row):
    assert suspicion(text) == ("patient_list", Where(None, row))


@pytest.mark.parametrize("text", ["PLO-format v2.40\n12345\n", "Header\n[Stamdata]\nkommune=101\n"])
def test_whole_records_show_themselves(text):
    assert suspicion(text) == ("plo_format", Where(None))


@pytest.mark.parametrize(
    "text",
    [
        "Ydernummer;Praksisnavn;Tilmeldte;KOL\n010203;Lægerne;4812;31\n057584;Byen;1834;22\n",
        "Ydernummer;Tilmeldte\n010203;4812\n010203;4812\n010203;4813\n",
        "Periode;KOL\n01-01-2023;31\n01-04-2023;33\n01-07-2024;35\n01-10-2026;35\n",
        "Opgjort den;30-04-2026\nKOL;130\nSpirometri;96\n",
        "Ydernummer;Læge;KOL\n010203;Anne Holm;31\n110305;Jens Bach;22\n210406;Ida Krogh;12\n",
        "Læge;Periode;KOL\nAnne Holm;31-03-2025;31\nAnne Holm;30-06-2025;33\nAnne Holm;30-09-2025;34\n",
        "Læge;Opgjort;KOL\nAnne Holm;31-03-2026;31\nJens Bach;31-03-2026;22\n",
        "KOL;130\nSpirometri;96\nOpgjort af;Anne Holm\nDato;30.04.2026\n",
    ],
)
def test_tables_of_counts_are_left_alone(text):
    assert suspicion(text) is None


def test_a_list_of_members_with_names_keeps_its_cells():
    table = read_table(b"Fornavn;Efternavn;Ydernummer\nAnne;Holm;057584\n", "medlemmer.csv")
    assert table.sheets[0].rows[1] == ("Anne", "Holm", "057584")


def test_amounts_of_nine_digits_are_no_numbers_of_persons_though_many_happen_to_make_a_day():
    days = ("205.057.691", "807.929.492", "607.287.868", "811.327.037", "507.576.459", "601.555.242")
    others = ("549.350.617", "767.408.744", "695.229.524", "735.653.425")
    rows = (("Nummer", "Omsætning"), *((30866 + n, said) for n, said in enumerate((*days, *others))))
    assert places_of(SheetCells(None, rows)) == []
    assert places_of(SheetCells(None, (rows[0], *rows[1:7]))) != []
