"""Misses and false alarms of the search for persons, measured on an invented corpus and printed.

Every way of writing a person is a kind with hundreds of examples; so is every other number that files of counts hold.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from measures.reading.cpr import is_cpr_cell
from measures.reading.limits import Limits
from measures.reading.reader import read
from measures.reading.table import Cell

EACH = 400
FIRST = ("Jens", "Anne", "Mette", "Søren", "Åse", "Niels", "Karen", "Bjørn", "Ida", "Ole")
LAST = ("Hansen", "Holm", "Jørgensen", "Østergaard", "Krogh", "Bach-Nielsen", "Ågård", "Møller")


def born(chance: Random) -> date:
    return date(1920, 1, 1) + timedelta(days=chance.randrange(38000))


def serial(chance: Random) -> str:
    return f"{chance.randrange(10000):04d}"


def person(chance: Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


CPR: dict[str, Callable[[Random], Cell]] = {
    "251248-4916": lambda c: f"{born(c):%d%m%y}-{serial(c)}",
    "2512484916 as text": lambda c: f"{born(c):%d%m%y}{serial(c)}",
    "a number cell": lambda c: int(f"{born(c):%d%m%y}{serial(c)}"),
    "a number as text, zero lost": lambda c: f"{born(c):%d%m%y}{serial(c)}".lstrip("0"),
    "251248 4916": lambda c: f"{born(c):%d%m%y}{c.choice((' ', '  ', ' - ', '–', '/', '.', chr(160)))}{serial(c)}",
    "25 12 48 4916": lambda c: f"{born(c):%d %m %y} {serial(c)}",
    "25121948-4916": lambda c: f"{born(c):%d%m%Y}{c.choice(('-', '', ' '))}{serial(c)}",
    "25.12.48-4916": lambda c: f"{born(c):%d.%m.%y}-{serial(c)}",
    "251248-xxxx": lambda c: f"{born(c):%d%m%y}-{c.choice(('xxxx', 'XXXX', '****'))}",
    "letter O for zero": lambda c: f"{born(c):%d%m%y}-{serial(c)}".replace("0", "O", 1),
    "unseen sign between": lambda c: f"{born(c):%d%m%y}{chr(0x200B)}{serial(c)}",
    "within a sentence": lambda c: f"pt. {person(c)} ({born(c):%d%m%y}-{serial(c)}) mangler spirometri",
    "replacement number": lambda c: (
        f"{born(c):%d%m%y}{c.randrange(10)}{c.choice('ABKX')}{c.choice('CDLZ')}{c.randrange(10)}"
    ),
    "administrative number": lambda c: f"{c.randrange(61, 89)}{born(c):%m%y}{serial(c)}",
}
ROWS: dict[str, Callable[[Random], list[list[Cell]]]] = {
    "one name and day of birth": lambda c: [["Patient", "Dato"], [person(c), f"{born(c):%d-%m-%Y}"]],
    "one name with day of birth": lambda c: [["Liste", "KOL"], [f"{person(c)} {born(c):%d.%m.%Y}", 1]],
    "names and days of birth": lambda c: [["Hvem", "Dato"], *([person(c), f"{born(c):%d-%m-%Y}"] for _ in range(3))],
    "born in a remark": lambda c: [["KOL", "Note"], [1, f"født {born(c):%d.%m.%y}, ringer selv"]],
    "names and six digits": lambda c: [["Hvem", "Dag"], *([person(c), f"{born(c):%d%m%y}"] for _ in range(4))],
    "days of birth alone": lambda c: [["Id", "Dato"], *([n, f"{born(c):%Y-%m-%d}"] for n in range(8))],
    "number split in two": lambda c: [["a", "b"], *([f"{born(c):%d%m%y}", serial(c)] for _ in range(5))],
    "heading says so": lambda c: [[c.choice(("CPR-nr.", "Personnummer", "Fødselsdato", "Efternavn")), "KOL"], ["x", 1]],
    "names alone": lambda c: [["Hvem", "KOL"], *([person(c), 1] for _ in range(6))],
}
OTHERS: dict[str, Callable[[Random], Cell]] = {
    "counts": lambda c: c.choice(
        (c.randrange(20000), f"{c.randrange(1, 99)}.{c.randrange(1000):03d}", f"{c.randrange(500)}")
    ),
    "practice numbers": lambda c: f"{c.randrange(1000000):06d}",
    "telephone": lambda c: c.choice(("+45 ", "", "0045 ")) + " ".join(f"{c.randrange(20, 100):02d}" for _ in range(4)),
    "telephone in one": lambda c: f"{c.randrange(20000000, 99999999)}",
    "CVR": lambda c: c.randrange(10000000, 45000000),
    "EAN": lambda c: f"57900{c.randrange(10**8):08d}",
    "SOR": lambda c: f"{c.randrange(10**5, 10**8)}1000016{c.randrange(1000):03d}",
    "days": lambda c: f"{born(c) + timedelta(days=20000):%d-%m-%Y}",
    "days and times": lambda c: (
        f"{born(c) + timedelta(days=20000):%Y-%m-%d} {c.randrange(24):02d}:{c.randrange(60):02d}:00"
    ),
    "time stamps": lambda c: f"{c.randrange(1_500_000_000, 1_900_000_000)}.{c.randrange(10**6):06d}",
    "shares": lambda c: f"0,{c.randrange(10**10):010d}",
    "number cells with decimals": lambda c: c.random() * 10 ** c.randrange(1, 11),
    "doses": lambda c: f"{c.randrange(1, 999)}.{c.randrange(1000):03d},{c.randrange(100):02d}",
    "codes": lambda c: c.choice(("R95", "J01CE02", "7113", "0101", "T90", "S01AA13")),
    "periods": lambda c: f"{c.randrange(2015, 2027)}K{c.randrange(1, 5)}",
    "bank accounts (unavoidable)": lambda c: f"{c.randrange(10**4):04d} {c.randrange(10**10):010d}",
}


@pytest.fixture(scope="module")
def chance() -> Random:
    return Random(20261121)


def csv_of(rows: list[list[Cell]]) -> bytes:
    return "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows).encode()


def is_refused(rows: list[list[Cell]]) -> bool:
    table = read(csv_of(rows), Limits())
    return bool(table.personal) or table.suspicion is not None


def tell(capsys: pytest.CaptureFixture[str], title: str, found: dict[str, float]) -> None:
    with capsys.disabled():
        print(f"\n{title} (each of {EACH})")
        for kind, share in found.items():
            print(f"  {share:7.2%}  {kind}")


def test_misses_of_numbers_are_none(capsys, chance):
    missed = {kind: sum(not is_cpr_cell(make(chance)) for _ in range(EACH)) / EACH for kind, make in CPR.items()}
    tell(capsys, "CPR numbers missed", missed)
    assert {kind: share for kind, share in missed.items() if share} == {}


@pytest.mark.long
def test_misses_of_lists_of_patients(capsys, chance):
    missed = {kind: sum(not is_refused(make(chance)) for _ in range(EACH)) / EACH for kind, make in ROWS.items()}
    tell(capsys, "Lists of patients missed", missed)
    assert missed.pop("names alone") == 1.0  # names without a day can't be told from names of practices and doctors
    # one child alone, born since 2015, looks like a doctor's signature under a table of counts
    assert {kind: share < 0.15 for kind, share in missed.items() if share} == {
        "one name and day of birth": True,
        "one name with day of birth": True,
    }


def test_false_alarms(capsys, chance):
    alarms = {kind: sum(is_cpr_cell(make(chance)) for _ in range(EACH)) / EACH for kind, make in OTHERS.items()}
    tell(capsys, "False alarms on other numbers", alarms)
    assert alarms.pop("bank accounts (unavoidable)") < 0.15
    assert {kind: share for kind, share in alarms.items() if share} == {}
