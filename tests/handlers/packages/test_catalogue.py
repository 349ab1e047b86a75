"""Packages are found by what they are about, and their pages tell what they cost, where they come from and who says."""

from __future__ import annotations

import pytest

from cluster.packages import catalogue
from cluster.packages.own_packages import Offer
from measures.packages.package import available, load, parse
from measures.packages.written import source_of
from tests.handlers.meetings.kit import Room
from tests.handlers.topics.kit import seen, window

OFFERS = [Offer(each) for each in available()]


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("smerte", "opioider"),
        ("N02A", "opioider"),
        ("ppi", "ppi"),
        ("TRAMADOL", "opioider"),
        ("opioids", "opioider"),
        ("gærdesmutte", None),
        ("opioider gærdesmutte", None),
    ],
)
def test_package_is_found_by_topic_code_and_word(typed: str, among: str | None):
    found = [each.package.id for each in catalogue.search(OFFERS, typed)]
    assert len(found) < len(OFFERS) / 2
    assert among in found if among else found == []


def test_nothing_typed_finds_all_and_mild_ones_come_first():
    assert catalogue.search(OFFERS, " ") == OFFERS
    grades = [each.package.sensitivity for each in catalogue.mild_first(OFFERS)]
    assert grades == sorted(grades, key=catalogue.MILD_FIRST.index)
    assert len(set(grades)) > 1


def test_title_and_topic_come_before_a_word_in_passing():
    assert catalogue.search(OFFERS, "ppi")[0].package.id == "ppi"
    assert catalogue.search(OFFERS, "opioider")[0].package.id == "opioider"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("KOL i praksis", "kol"), ("PPI til møde", "ppi"), ("ppi og kol", None), ("Hvad er kvalitet?", None), ("", None)],
)
def test_title_of_a_meeting_names_a_package(said: str, meant: str | None):
    found = catalogue.meant_by(available(), said)
    assert (found.id if found else None) == meant


def test_companions_go_both_ways():
    named = {each.package.id for each in catalogue.companions(load("nsaid"), OFFERS)}
    assert "opioider" in named  # which names nsaid
    assert "nsaid" not in named


def test_package_may_say_how_it_eases_the_day_and_where_it_lies():
    head = 'areas = ["RKKP: DrKOL"]\neases = { da = "Færre kontroller", en = "Fewer controls" }\n'
    package = parse(source_of("kol").replace("sensitivity =", head + "sensitivity =", 1))
    assert (package.areas, package.eases.da if package.eases else "") == (("RKKP: DrKOL",), "Færre kontroller")


async def test_list_is_searched_by_a_word_and_in_the_window(empty_room: Room):
    room = empty_room
    await room.desk.command(room.bo, room.klynge.channel, "/klynge pakker diclofenac")
    assert "1 pakke passer til »diclofenac«." in await seen(room.desk, room.bo)
    offered = await room.desk.options(room.bo, await window(room.desk, room.bo), "package.find", "diclofenac")
    assert [each["value"] for each in offered] == ["nsaid"]
    await room.desk.close(room.bo)
    await room.desk.command(room.bo, room.klynge.channel, "/klynge pakker")
    assert "I er nye, så de mindst følsomme emner står først." in await seen(room.desk, room.bo)


async def test_page_tells_source_guideline_companions_and_that_nobody_has_checked(empty_room: Room):
    room = empty_room
    await room.desk.command(room.bo, room.klynge.channel, "/klynge pakker ibuprofen")
    view = await window(room.desk, room.bo)
    row = next(each for each in view["view"]["blocks"] if each.get("accessory", {}).get("value") == "nsaid")
    await room.desk.act(room.bo, view, "package.show", block_id=row["block_id"])
    said = await seen(room.desk, room.bo)
    assert "*Kilde:* " in said
    assert "*Det siger vejledninger*" in said
    assert "ikke fagligt gennemset endnu" in said
    assert "skrevet af " in said
    shown = (await window(room.desk, room.bo))["view"]["blocks"]
    beside = [
        each["value"]
        for block in shown
        for each in block.get("elements", [])
        if each.get("action_id") == "package.show"
    ]
    assert "opioider" in beside
