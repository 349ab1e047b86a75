"""The story on a file of real practices, and what somebody is told whose file cannot be used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.rehearsal.cast import Cast, company
from bot.rehearsal.real_numbers import DEFAULT_MAPPING, UnusableData, read_group, read_mapping
from tests.journeys.performance import Played

FIELDS = ("listed", "copd", "spirometry", "care_plan")
PARTS = (("copd", "listed"), ("spirometry", "copd"), ("care_plan", "copd"))
COLUMNS = "group=klynge,listed=tilmeldte,copd=kol,spirometry=spiro"
GOOD = "klynge;tilmeldte;kol;spiro\n" + "".join(f"Nord;{3000 + row};{100 + row};{60 + row}\n" for row in range(6))
SMALL, LARGE = "NHS Corby CCG", "NHS Dartford, Gravesham and Swanley CCG"


def read(path: Path, group: str) -> Cast:
    return company(read_group(path, group, read_mapping(DEFAULT_MAPPING, FIELDS), PARTS))


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("group", "practices"), [(SMALL, 5), pytest.param(LARGE, 30, marks=pytest.mark.whole)])
def test_story_goes_as_it_must_on_real_practices(
    group: str, practices: int, practice_file: Path, played: Played
) -> None:
    cast = read(practice_file, group)
    assert len(cast.surgeries) == practices
    story = played(cast)
    assert story.differences == []
    assert len(story.charts) == 2 * len(cast.contributing)  # the chart, and four months later the change


def test_names_and_codes_of_the_file_are_not_used(practice_file: Path) -> None:
    cast = read(practice_file, LARGE)
    invented = [surgery.name for surgery in cast.surgeries] + [doctor.name for doctor in cast.doctors]
    assert len(set(invented)) == len(invented)
    told = practice_file.read_text("utf-8")
    assert [name for name in invented if name in told] == []
    assert [surgery.ydernummer for surgery in cast.surgeries if surgery.ydernummer in told] == []


@pytest.mark.parametrize("size", [5, 6, 7, 12, 13, 60])
def test_every_part_is_cast_in_a_cluster_of_any_size(size: int) -> None:
    cast = company([{"listed": 3000, "copd": 100}] * size)
    named = (cast.coordinator, cast.writer, cast.decliner, cast.waverer)
    parts = [*named, *cast.prompt, *cast.silent]
    assert sorted(doctor.name for doctor in parts) == sorted(doctor.name for doctor in cast.doctors)
    assert len({doctor.email for doctor in cast.doctors}) == len(cast.doctors)
    assert cast.silent != []
    assert len(cast.early) >= 5
    assert [*cast.contributing, *cast.without_data, *cast.late] == list(cast.surgeries)
    assert cast.unconfirmed not in [surgery.doctors[0] for surgery in cast.surgeries]


def test_file_is_read_by_its_columns_with_empty_cells_left_out(tmp_path: Path) -> None:
    path = tmp_path / "praksis.csv"
    path.write_text(GOOD.replace("Nord;3002;102;62", "Nord;3002;102;").replace("3005;105", "3005.0;105"), "utf-8-sig")
    numbers = read_group(path, "Nord", read_mapping(COLUMNS, FIELDS), PARTS)
    assert [each["listed"] for each in numbers] == [3005, 3004, 3003, 3002, 3001, 3000]
    assert numbers[3] == {"listed": 3002, "copd": 102}
    assert numbers[0] == {"listed": 3005, "copd": 105, "spirometry": 65}


def test_file_is_read_by_pandas_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "praksis.csv"
    path.write_text(GOOD, "utf-8")
    code = f"""
import sys
from pathlib import Path
from bot.rehearsal.real_numbers import read_group
if __name__ == "__main__":
    columns = {dict(pair.split("=") for pair in COLUMNS.split(","))!r}
    print(len(read_group(Path({str(path)!r}), "Nord", columns, [])), "pandas" in sys.modules)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "6 False\n"


FAULTS = {
    "unknown column": (GOOD, "group=klynge,listed=patienter,copd=kol", "Nord", "has no column patienter"),
    "unknown group": (GOOD, COLUMNS, "Syd", "has no group 'Syd' in column klynge; it has for example Nord"),
    "no group": (GOOD, COLUMNS, "", "has no group '' in column klynge"),
    "unknown field": (GOOD, COLUMNS + ",hba1c=spiro", "Nord", "the package has no field hba1c"),
    "no list size": (GOOD, "group=klynge,copd=kol", "Nord", "the columns lack listed"),
    "nothing to measure": (GOOD, "group=klynge,listed=tilmeldte", "Nord", "nothing to measure"),
    "no mapping": (GOOD, "kol", "Nord", "field=column"),
    "words": (GOOD.replace("103", "mange"), COLUMNS, "Nord", "line 5: 'mange' in column kol is not a whole number"),
    "half": (GOOD.replace("103", "10.5"), COLUMNS, "Nord", "line 5: '10.5' in column kol is not a whole number"),
    "negative": (GOOD.replace("103", "-3"), COLUMNS, "Nord", "line 5: '-3' in column kol is not a whole number"),
    "empty": (GOOD.replace("3003;103;63", ";103;63"), COLUMNS, "Nord", "line 5 has nothing in tilmeldte"),
    "too many": (GOOD.replace("103", "9103"), COLUMNS, "Nord", "line 5: kol is larger than tilmeldte"),
    "too few": (GOOD.replace("Nord", "Syd", 2), COLUMNS, "Nord", "'Nord' has 4 practices; a cluster here has 5 to 60"),
    "short row": (GOOD + "Nord\n", COLUMNS, "Nord", "line 8 has nothing in tilmeldte, kol, spiro"),
    "no rows": ("", COLUMNS, "Nord", "it has none"),
    "open quotation mark": (GOOD.replace("103", '"103'), COLUMNS, "Nord", "cannot be read as a CSV file"),
    "Windows letters": (GOOD.replace("Nord", "Sønder"), COLUMNS, "Sønder", "cannot be read as a CSV file in UTF-8"),
}


@pytest.mark.parametrize(("content", "columns", "group", "said"), FAULTS.values(), ids=FAULTS)
def test_file_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, content: str, columns: str, group: str, said: str
) -> None:
    path = tmp_path / "praksis.csv"
    path.write_bytes(content.encode("cp1252"))
    told = ["demo", "--story", "--data", str(path), "--group", group, "--columns", columns]
    result = CliRunner().invoke(app, told, env={"COLUMNS": "200"})
    assert (result.exit_code, said in _words(result.output)) == (2, True)


def test_missing_file_and_lonely_options_are_refused_with_the_reason(tmp_path: Path) -> None:
    missing = CliRunner().invoke(app, ["demo", "--story", "--data", str(tmp_path / "x.csv"), "--group", "Nord"])
    assert (missing.exit_code, "there is no file" in _words(missing.output)) == (2, True)
    lonely = CliRunner().invoke(app, ["demo", "--group", "Nord"])
    assert (lonely.exit_code, "--group and --columns belong to --data" in _words(lonely.output)) == (2, True)


def test_more_practices_than_a_cluster_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "praksis.csv"
    path.write_text("klynge,tilmeldte,kol\n" + "Nord,3000,100\n" * 61, "utf-8")
    with pytest.raises(UnusableData, match="61 practices"):
        read_group(path, "Nord", read_mapping("group=klynge,listed=tilmeldte,copd=kol", FIELDS), PARTS)


def _words(output: str) -> str:
    """What is said, without the frame around it."""
    return " ".join(output.replace("│", " ").split())
