"""A package written as TOML again says the same; one with less in it still holds together."""

import pytest

from measures.packages.package import available, parse, shipped, whole
from measures.packages.written import adapted, lacking, read_own, source_of, written


@pytest.mark.parametrize("package_id", shipped())
def test_package_written_again_is_the_same(package_id):
    package = whole(package_id)
    assert parse(written(package)) == package


def test_adapted_package_can_be_read_again(kol):
    less = adapted(kol, ["spirometry"], [], ['Hvem gør hvad?\t"Nu" \\ 😀'], "da")
    again = parse(written(less))
    assert ([each.id for each in again.measures], [each.id for each in again.fields]) == (
        ["spirometry"],
        ["copd", "spirometry"],
    )
    assert [(each.da, each.en) for each in again.questions] == [('Hvem gør hvad?\t"Nu" \\ 😀',) * 2]
    assert [each.references for each in again.measures] == [()]


def test_question_that_stays_keeps_both_languages(kol):
    first = kol.questions[0]
    less = adapted(kol, [each.id for each in kol.measures], [], [first.da, "Ny"], "da")
    assert [(each.da, each.en) for each in less.questions] == [(first.da, first.en), ("Ny", "Ny")]


def test_reference_lines_are_kept_by_their_place():
    package = next(each for each in available() if any(m.references for m in each.measures))
    measure = next(each for each in package.measures if each.references)
    ids = [each.id for each in package.measures]
    kept = adapted(package, ids, [f"{measure.id}:0"], [], "da")
    assert [len(each.references) for each in kept.measures] == [int(each.id == measure.id) for each in kept.measures]


def test_measure_that_stands_beside_another_needs_it():
    package = next(each for each in available() if any(m.beside for m in each.measures))
    beside = next(each for each in package.measures if each.beside)
    assert lacking(package, [beside.id]) == (beside.id, beside.beside)
    assert lacking(package, [each.id for each in package.measures]) is None


def test_own_package_is_read_or_told_by_line():
    source = source_of("kol").replace('id = "kol"', 'id = "vores_kol"', 1)
    judged = read_own(source.encode())
    assert (judged.package.id, judged.text, judged.faults) == ("vores_kol", source, ())
    broken = read_own(source.replace("version =", "versoin =", 1).encode())
    assert [(fault.code, fault.line > 0) for fault in broken.faults] == [("misspelt_key", True)]
    assert (broken.package, broken.text) == (None, "")


def test_own_package_with_a_cpr_number_is_never_kept():
    judged = read_own(source_of("kol").replace('id = "kol"', 'id = "kol" # 010180-1234', 1).encode())
    assert (judged.personal, judged.text, judged.package) == (True, "", None)


def test_own_package_that_is_too_large_or_no_text_is_told():
    assert [fault.code for fault in read_own(b"x" * 200_001).faults] == ["too_large"]
    assert [fault.code for fault in read_own(b"id = '\xff\xfe'").faults] == ["not_text"]


def test_own_package_may_not_call_on_anybody_or_be_without_end():
    shout = source_of("kol").replace('da = "KOL', 'da = "<!channel> KOL', 1)
    assert [(fault.code, fault.params["key"]) for fault in read_own(shout.encode()).faults] == [("mention", "da")]
    version = next(each for each in source_of("kol").splitlines() if each.startswith("version"))
    endless = source_of("kol").replace(version, f'version = "{"1" * 21}"', 1)
    assert [(fault.code, fault.params["most"]) for fault in read_own(endless.encode()).faults] == [("too_long", 20)]
