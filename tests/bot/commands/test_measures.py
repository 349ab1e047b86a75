"""`klynge packages` and `klynge check`: what they say, and the exit code that scripts rely on."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from measures.packages import package
from tests.measures.makers import xlsx

KOL = Path(package.__file__).parent / "shipped" / "kol.toml"
GOOD = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n057584;6.200;130;96;70\n"
ASKS = GOOD.replace("96", "")
BAD = GOOD.replace("96", "74 %")


@pytest.fixture
def file(tmp_path):
    def make(content: str | bytes, name: str = "tal.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return make


def klynge(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


@pytest.mark.parametrize(
    ("content", "code", "outcome"), [(GOOD, 0, "accepted"), (ASKS, 1, "needs_answer"), (BAD, 1, "refused")]
)
def test_check_answers_with_its_exit_code_and_one_object(file, content, code, outcome):
    left, said = klynge("check", file(content), "--package", "kol", "--json")
    assert (left, json.loads(said)["outcome"]) == (code, outcome)


def test_check_tells_codes_places_and_words(file):
    _, said = klynge("check", file(BAD), "--package", "kol", "--json", "--lang", "en")
    assert json.loads(said)["problems"] == [
        {
            "code": "percent_not_count",
            "level": "block",
            "repair": "write_whole_numbers",
            "sheet": None,
            "row": 2,
            "column": "D",
            "found": "74 %",
            "expected": None,
            "message": "Row 2, column D: COPD patients with spirometry within 12 months: “74 %” is a percentage. "
            "Write the number of patients instead.",
        }
    ]


def test_check_says_it_in_danish_to_people(file):
    code, said = klynge("check", file(GOOD), "--package", "kol")
    assert (code, said.splitlines()) == (
        0,
        [
            "Filen er godkendt.",
            "  Tilmeldte patienter: 6.200",
            "  Patienter med KOL (R95): 130",
            "  KOL-patienter med spirometri inden for 12 måneder: 96",
            "  KOL-patienter med aktiv forløbsplan: 70",
        ],
    )


@pytest.mark.parametrize(
    ("content", "more", "codes"),
    [
        (GOOD, ["--ydernummer", "61654"], ["wrong_practice"]),
        (GOOD, ["--ydernummer", "57584"], []),
        ("Periode;2019K1\nKOL;130\nSpirometri;96\n", ["--period", "2026K1"], ["wrong_period"]),
    ],
)
def test_check_holds_the_file_against_what_is_known(file, content, more, codes):
    _, said = klynge("check", file(content), "--package", "kol", "--json", *more)
    assert [problem["code"] for problem in json.loads(said)["problems"]] == codes


def test_check_fills_in_the_list_size(file):
    _, said = klynge("check", file("KOL;Spiro;Plan\n130;96;70\n"), "--package", "kol", "--json", "--listed", "6200")
    assert json.loads(said)["values"]["listed"] == 6200


def test_check_tries_a_file_against_a_package_of_ones_own(file):
    own = file(KOL.read_text(encoding="utf-8").replace('id = "kol"', 'id = "vores_kol"'), "egen.toml")
    code, said = klynge("check", file(GOOD), "--package", own, "--json")
    assert (code, json.loads(said)["package"]) == (0, "vores_kol")


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "findes-ikke.csv", "--package", "kol"],
        ["check", ".", "--package", "kol"],
        ["check", str(KOL), "--package", "ukendt"],
        ["check", str(KOL), "--package", "../kol"],
        ["check", str(KOL), "--package", "findes-ikke.toml"],
        ["check", str(KOL)],
        ["check", str(KOL), "--package"],
        ["check", str(KOL), "--package", "kol", "--lang", "de"],
        ["check", str(KOL), "--package", "kol", "--listed", "mange"],
        ["check", str(KOL), "--package", "kol", "--period", "i går"],
        ["check", str(KOL), "--package", "kol", "--ydernummer", "x"],
        ["check", str(KOL), "en-til.csv", "--package", "kol"],
        ["check", str(KOL), "--pakke", "kol"],
        ["packages", "show"],
        ["packages", "show", "ukendt"],
        ["packages", "check", "findes-ikke.toml"],
    ],
)
def test_wrong_use_is_exit_code_two_and_still_one_object(words):
    code, said = klynge(*words, "--json")
    told = json.loads(said)
    assert (code, told["outcome"], bool(told["message"])) == (2, "wrong_use", True)
    assert klynge(*words)[0] == 2


def test_check_stops_reading_a_file_that_is_too_large(file):
    code, said = klynge("check", file(b"1;2\n" * 3_000_000), "--package", "kol", "--json")
    assert (code, json.loads(said)["problems"][0]["code"]) == (1, "too_big")


def test_check_repeats_nothing_of_a_person(file):
    data = xlsx(("Jens 010160-1234", [["KOL"], ["Jens Hansen 010160-1234"]]))
    for more in ([], ["--json"]):
        code, said = klynge("check", file(data, "tal.xlsx"), "--package", "kol", *more)
        assert (code, "0101" in said, "Hansen" in said) == (1, False, False)


def test_packages_list_names_them_all():
    code, said = klynge("packages", "list", "--json")
    listed = json.loads(said)["packages"]
    assert (code, [each["id"] for each in listed]) == (0, package.shipped())
    assert [line.split()[0] for line in klynge("packages", "list")[1].splitlines()] == package.shipped()


def test_packages_show_says_what_to_confirm():
    code, said = klynge("packages", "show", "crp")
    assert (code, said.splitlines()[-2:]) == (
        0,
        ["Bekræft før brug", "  Tjek selv koden, før I bruger tallet: 7120 – C-reaktivt protein (CRP)"],
    )


def test_packages_show_gives_the_whole_package_to_programs():
    _, said = klynge("packages", "show", "kol", "--json")
    assert [field["id"] for field in json.loads(said)["package"]["fields"]] == [
        "listed",
        "copd",
        "spirometry",
        "care_plan",
    ]


def test_packages_check_accepts_a_good_file():
    code, said = klynge("packages", "check", str(KOL))
    assert (code, said) == (0, "Pakken er i orden: KOL: opsporing, spirometri og forløbsplan.\n")


def test_packages_check_names_every_line_to_mend(file):
    wrong = KOL.read_text(encoding="utf-8").replace('owner = "', 'ovner = "').replace("per = 1000", "per = 12")
    code, said = klynge("packages", "check", file(wrong, "egen.toml"))
    at = wrong.split("\n").index("per = 12") + 1
    assert (code, [re.sub(r": .*", "", line) for line in said.splitlines()]) == (
        1,
        ["Linje 7", f"Linje {at}"],
    )
    _, told = klynge("packages", "check", file(wrong, "egen.toml"), "--json")
    assert [fault["code"] for fault in json.loads(told)["faults"]] == [
        "misspelt_key",
        "not_among",
    ]
