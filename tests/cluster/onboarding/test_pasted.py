"""Pasted lines: what is plain is read, what can be read in two ways is asked about, and talk is no list."""

from __future__ import annotations

import pytest

from cluster.errors import ClusterError
from cluster.onboarding.pasted import looks_like_list, read_pasted

ANNA, BO = "057584|Lægehuset Nord|Anna Holm|anna@x.dk", "057585|Lægerne Syd|Bo Krogh|bo@x.dk"
NAMED = "Anna Holm{0}anna@x.dk{0}Lægehuset Nord{0}057584\nBo Krogh{0}bo@x.dk{0}Lægerne Syd{0}057585"
READ: dict[str, tuple[list[str], list[str]]] = {
    NAMED.format(", "): ([ANNA, BO], []),
    NAMED.format(";"): ([ANNA, BO], []),
    NAMED.format("\t"): ([ANNA, BO], []),
    "Hej, her er listen:\n\n" + NAMED.format(", ") + "\n\nHilsen Kirsten": ([ANNA, BO], ["1 no_person", "6 no_person"]),
    NAMED.format(", ").splitlines()[0]: ([ANNA], []),
    "057584;Lægehuset Nord;Anna Holm;anna@x.dk\n57585;Lægerne Syd;Bo Krogh;bo@x.dk": (
        [ANNA, BO],
        ["2 ydernummer_padded"],
    ),
    "E-mail;Ydernummer;Praksis;Navn\nanna@x.dk;057584;Lægehuset Nord;Anna Holm": ([ANNA], []),
    "Anna Holm;anna@x.dk;Nord;057584": (["057584|Nord|Anna Holm|anna@x.dk"], []),  # the order that we ask for
    "Anna Holm, anna@x.dk\nBo Krogh, bo@x.dk": (
        ["||Anna Holm|anna@x.dk", "||Bo Krogh|bo@x.dk"],
        ["1 practice_unsaid", "2 practice_unsaid"],
    ),
    '"Holm, Anna", anna@x.dk, Lægehuset Nord, 057584\nBo Krogh,, Lægerne Syd, 057585': (
        ["057584|Lægehuset Nord|Holm, Anna|anna@x.dk", "057585|Lægerne Syd|Bo Krogh|"],
        ["2 email_missing"],
    ),
    "Anna Holm;anna@x.dk;Lægehuset Nord;057584;1.600;25 12 48 49;XMO;ejerlæge;koordinator;ja\n"
    "Bo Krogh;bo@x.dk;Lægerne Syd;057585;1700;+45 25124848;Novax;ansat læge;medlem;nej": ([ANNA, BO], []),
}
ASKED = {
    "Holm, Anna, anna@x.dk\nKrogh, Bo, bo@x.dk": "unclear",  # the family name, or a practice?
    "Nord;Anna Holm;anna@x.dk": "unclear",
    "Anna Holm;anna@x.dk;1600": "unclear",  # patients, or a ydernummer?
    "Anna Holm;anna@x.dk;057584;057585": "unclear",
    "Anna Holm;anna@x.dk;anna@hjemme.dk": "unclear",
    "Anna Holm, anna@x.dk, Lægehuset Nord, 057584\nBo Krogh, Lægerne Syd, 057585": "unclear",
    "anna@x.dk;057584": "nobody",
    "hej": "nobody",
    "": "nobody",
}
TALK = (
    "Hej, kan du skrive til hanne@x.dk, tak",
    "KOL 130, spirometri 96",
    "ja, jeg kommer; men først kl. 17",
    "Anna Holm, anna@x.dk",  # a name and an address may be said of anything
    "Tak, jeg kommer, hilsen Kim, kim@x.dk, 28 34 56 78",  # signed
    "Vi mangler svar fra Anna, anna@x.dk, kan du minde hende om det?",
    "Hej Kirsten,\nspørg Anna\nhun har mail anna@x.dk, tror jeg",
    "listet 3000, KOL 120\nspirometri 96, plan 70",
    "",
)


@pytest.mark.parametrize("words", READ)
def test_plain_lines_are_read_and_the_rest_is_told(words: str) -> None:
    roster = read_pasted(words)
    people = ["|".join((row.ydernummer, row.practice, row.name, row.email or "")) for row in roster.rows]
    assert (people, [f"{flaw.row} {flaw.code}" for flaw in roster.flaws]) == READ[words]
    assert looks_like_list(words)


def test_everything_that_a_file_can_say_can_be_pasted() -> None:
    row = read_pasted(list(READ)[-1]).rows[0]
    assert (row.list_size, row.system, row.title, row.role, row.contact) == (
        1600,
        "xmo",
        "ejerlæge",
        "coordinator",
        True,
    )


@pytest.mark.parametrize("words", ASKED)
def test_lines_that_can_be_read_in_two_ways_or_hold_nobody_are_not_read(words: str) -> None:
    with pytest.raises(ClusterError) as asked:
        read_pasted(words)
    assert asked.value.code == f"roster.pasted_{ASKED[words]}"


@pytest.mark.parametrize("words", TALK)
def test_talk_is_no_list(words: str) -> None:
    assert not looks_like_list(words)
