"""Every problem that can be found has its sentence, and every sentence a problem, in both languages."""

import re
from pathlib import Path

import measures
from locales.texts import texts_for
from measures.checking.sentences import SENTENCES, describe
from measures.reading.problems import Level, Problem

HERE = Path(measures.__file__).parent
CODE = re.compile(
    r"(?:Problem|Fault|refused?|_nothing)\(\s*\"([a-z_]+)\"|Reading\.[A-Z_]+: \"([a-z_]+)\"|code = \"([a-z_]+)\""
)
FACTS = re.compile(r"\{(\w+)\}")


def codes_in(source: str) -> set[str]:
    return {code for found in CODE.findall(source) for code in found if code}


def test_every_problem_in_the_code_has_a_sentence():
    sources = [path.read_text() for path in HERE.rglob("*.py") if path.parent != HERE / "packages"]
    assert sorted(set().union(*map(codes_in, sources)) - SENTENCES.keys()) == []


def test_finder_of_codes_finds_them():
    assert codes_in('Problem("one", x)\nrefused("two")\nReading.NEGATIVE: "three"\nProblem(\n    "four"') == {
        "one",
        "two",
        "three",
        "four",
    }


def test_every_sentence_is_told_in_danish_and_english():
    for code, sentence in SENTENCES.items():
        params = dict.fromkeys(set(FACTS.findall(sentence)) - {"found", "expected"}, 7)
        problem = Problem(code, Level.BLOCK, found="x", expected="y", params=params)
        danish, english = (describe(problem, texts_for(lang)) for lang in ("da", "en"))
        assert (danish != english, "{" in danish + english) == (True, False), code
