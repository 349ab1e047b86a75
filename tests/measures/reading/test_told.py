"""What a reader hands back is bounded: a cell that is written once may stand in a workbook a million times."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from measures.checking.sentences import describe
from measures.reading.intake import read_table
from measures.reading.limits import MIB, Limits
from measures.reading.problems import Refused
from measures.reading.readers import ReadingProcess
from measures.texts import Texts
from tests.measures.makers import xlsx

ROOT = Path(__file__).resolve().parents[3]
PATIENT = Limits(seconds=100)
"""However busy the machine is."""
MOST = 200 * MIB
"""Of memory that a file may cost who asks for it to be read. A file of ten megabytes, all numbers, costs half of it."""
MEASURED = """
import re, sys
from measures.reading.intake import read_table
from measures.reading.limits import Limits
from measures.reading.problems import Refused
PATIENT = Limits(seconds=100)
peak = lambda: 1024 * int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
data = sys.stdin.buffer.read()
read_table(b"KOL;Spirometri\\n130;96\\n", "tal.csv")
before = peak()
try:
    read_table(data, "tal.xlsx", PATIENT)
except Refused as refused:
    print(refused.problem.code, end=" ")
print(peak() - before)
"""


def far_corners() -> bytes:
    return xlsx(*((f"Ark{n}", [["KOL"], *[[]] * 90_000, [None] * 19 + [1]]) for n in range(2)))


def same_words() -> bytes:
    return xlsx(("Ark1", [["x" * 20_000] * 20] * 60))


def many_cells() -> bytes:
    return (b"ab;" * 99 + b"ab\n") * 20_000


@pytest.mark.long
@pytest.mark.parametrize("made", [far_corners, same_words])
def test_small_workbook_that_says_very_much_is_refused_kindly(made: Callable[[], bytes], da: Texts, en: Texts):
    data = made()
    with pytest.raises(Refused) as caught:
        read_table(data, "tal.xlsx", PATIENT)
    assert (caught.value.problem.code, len(data) < 100_000) == ("too_much_inside", True)
    assert "skriv tallene" in describe(caught.value.problem, da)
    assert "type the numbers" in describe(caught.value.problem, en)


@pytest.mark.long
@pytest.mark.parametrize("made", [far_corners, same_words, many_cells])
def test_who_asks_for_a_file_pays_little_memory_for_it(made: Callable[[], bytes]):
    told = subprocess.run(
        [sys.executable, "-c", MEASURED], input=made(), cwd=ROOT, capture_output=True, check=True
    ).stdout.split()
    assert int(told[-1]) < MOST


def test_reader_that_says_more_than_is_taken_is_ended():
    reader = ReadingProcess()
    with pytest.raises(OverflowError):
        reader.read(b"KOL;Spirometri\n130;96\n", 20.0, 10)
    assert not reader.is_alive
