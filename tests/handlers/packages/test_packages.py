"""Packages through Slack: the list, a package of the cluster's own, one adapted for a round."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from measures.packages.package import available, parse
from measures.packages.written import source_of
from storage.models import OwnPackage, Round
from tests.handlers.conftest import sent

Make = Callable[..., Awaitable[Any]]
OWN = source_of("kol").replace('id = "kol"', 'id = "vores_kol"', 1).replace('da = "KOL', 'da = "Vores KOL', 1)


async def packages(bot: Runtime) -> list[tuple[str, str, bool]]:
    """Id, version and whether it is in use, of every own package."""
    async with bot.database.read() as session:
        found = await session.scalars(select(OwnPackage).order_by(OwnPackage.id))
        return [(each.package_id, each.version, each.retired_at is None) for each in found]


async def newest_round(bot: Runtime) -> Round:
    async with bot.database.read() as session:
        return (await session.scalars(select(Round).order_by(Round.id.desc()))).first()


def version(number: str) -> bytes:
    line = next(each for each in OWN.splitlines() if each.startswith("version"))
    return OWN.replace(line, f'version = "{number}"', 1).encode()


async def options(r: Any, action: str) -> list[str]:
    window = await r.desk.top_view(r.klynge.coordinator)
    block = next(each for each in window["view"]["blocks"] if each.get("block_id") == action)
    return [each["value"] for each in block["element"]["options"]]


async def test_list_shows_what_is_shipped_and_a_page_for_each(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.desk.command(doctor, r.klynge.channel, "/klynge pakker")
    window = await r.desk.top_view(doctor)
    rows = [block for block in window["view"]["blocks"] if "value" in block.get("accessory", {})]
    assert sorted(row["accessory"]["value"] for row in rows) == sorted(each.id for each in available())
    await r.desk.act(doctor, window, "package.show", block_id=rows[0]["block_id"])
    page = (await r.desk.top_view(doctor))["view"]
    assert page["callback_id"] == "package.page"
    elements = [each for block in page["blocks"] if block["type"] == "actions" for each in block["elements"]]
    assert {each["action_id"] for each in elements} <= {"package.show"}  # a member takes nothing out


@pytest.mark.long
@pytest.mark.both_databases
async def test_own_package_is_checked_saved_and_asked_with(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    boss = r.klynge.coordinator
    await r.drop(boss, "vores.toml", version("1.0"))
    told = await r.last(boss)
    assert told["text"].startswith("*Vores KOL")
    assert await packages(bot) == [("vores_kol", "1.0", True)]
    assert (await r.ask(package="vores_kol"))["response_action"] is None
    begun = await newest_round(bot)
    assert (begun.package_id, begun.package_version, begun.package_text) == (
        "vores_kol",
        "1.0",
        version("1.0").decode(),
    )
    assert any(
        text.startswith("Klyngen beder Lægehuset 2 om tal om Vores KOL") for text in await r.texts(r.klynge.doctors[1])
    )

    await r.drop(boss, "vores.toml", version("1.1"))
    assert await packages(bot) == [("vores_kol", "1.0", False), ("vores_kol", "1.1", True)]
    assert (await newest_round(bot)).package_version == "1.0"


async def test_mistakes_are_told_with_their_lines_and_nothing_is_saved(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    broken = OWN.replace("sensitivity =", "sensitivty =", 1)
    at = next(number for number, each in enumerate(broken.splitlines(), 1) if each.startswith("sensitivty"))
    await r.drop(r.klynge.coordinator, "vores.toml", broken.encode())
    assert (await r.last(r.klynge.coordinator))["text"].splitlines() == [
        "Pakken har 1 fejl, og intet er gemt. Ret den, og send filen igen:",
        f"Linje {at}: »sensitivty« er ikke en nøgle i den øverste del af filen. Mente du »sensitivity«?",
    ]
    assert await packages(bot) == []


@pytest.mark.long
async def test_own_package_may_not_take_the_place_of_another(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    boss = r.klynge.coordinator
    await r.drop(boss, "kol.toml", source_of("kol").encode())
    assert (await r.last(boss))["text"] == "Id »kol« hører til en pakke, der følger med mig. Giv jeres et andet id."
    await r.drop(boss, "vores.toml", version("1.0"))
    await r.drop(boss, "vores.toml", version("1.0"))
    assert (await r.last(boss))["text"] == "Præcis den pakke har jeg allerede, så intet er ændret."
    await r.drop(boss, "vores.toml", version("1.0") + b"# changed\n")
    assert (await r.last(boss))["text"].startswith("I har allerede en version 1.0 af den pakke")
    assert await packages(bot) == [("vores_kol", "1.0", True)]


async def test_only_a_coordinator_brings_packages(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    await r.drop(r.klynge.doctors[1], "vores.toml", version("1.0"))
    assert await packages(bot) == []


async def test_package_with_a_cpr_number_is_not_kept(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    await r.drop(r.klynge.coordinator, "vores.toml", version("1.0") + b"# 010180-1234\n")
    assert (await r.last(r.klynge.coordinator))["text"].splitlines()[0] == (
        "⚠️ Her står noget, der ligner et CPR-nummer. Jeg har ikke gemt noget fra filen. Send kun antal."
    )
    assert await packages(bot) == []


@pytest.mark.long
async def test_own_package_is_taken_out_and_no_longer_offered(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    boss = r.klynge.coordinator
    await r.drop(boss, "vores.toml", version("1.0"))
    told = await r.last(boss)
    await r.desk.act(boss, told, "package.retire")
    await r.press(boss, told, "package.retire")  # a double click
    assert await packages(bot) == [("vores_kol", "1.0", False)]
    await r.command(boss, "/klynge data")
    assert await options(r, "package") == [each.id for each in available()]


async def test_shipped_package_comes_as_a_file_to_begin_with(a_round: Make) -> None:
    r = await a_round(2)
    boss = r.klynge.coordinator
    await r.desk.command(boss, r.klynge.channel, "/klynge pakker")
    window = await r.desk.top_view(boss)
    row = next(block for block in window["view"]["blocks"] if block.get("accessory", {}).get("value") == "kol")
    await r.desk.act(boss, window, "package.show", block_id=row["block_id"])
    await r.desk.act(boss, await r.desk.top_view(boss), "package.file")
    await r.settle()
    [file] = [file for message in await r.desk.dm(boss) for file in message.get("files") or []][-1:]
    assert (file["name"], await r.desk.file(boss, file["id"])) == ("kol.toml", source_of("kol").encode())


async def adapt(r: Any, package: str = "ppi", **values: Any) -> dict[str, Any]:
    """Open the form, press "Tilpas pakken denne gang" and send it with these values."""
    boss = r.klynge.coordinator
    await r.desk.command(boss, r.klynge.channel, "/klynge data")
    await r.desk.fill(boss, await r.desk.top_view(boss), "package", package)
    await r.desk.fill(boss, await r.desk.top_view(boss), "period_start", "2025-02-01")
    await r.desk.act(boss, await r.desk.top_view(boss), "round.adapt")
    answer = await sent(r.desk, boss, {"deadline_day": "2026-03-19", "deadline_time": "12:00"} | values)
    await r.settle()
    return answer


@pytest.mark.long
async def test_package_is_adapted_for_one_round(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    first = parse(source_of("ppi")).measures[0]
    assert (await adapt(r, measures=[first.id], questions="Hvem fornyer?\n\n• Hvor længe?"))["response_action"] is None
    begun = await newest_round(bot)
    package = parse(begun.package_text)
    assert (begun.package_id, str(begun.period_start)) == ("ppi", "2025-02-01")
    assert [each.id for each in package.measures] == [first.id]
    assert {each.id for each in package.fields} == set(first.fields)
    assert [each.da for each in package.questions] == ["Hvem fornyer?", "Hvor længe?"]


@pytest.mark.long
async def test_package_that_was_not_changed_is_the_shipped_one(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    assert (await adapt(r))["response_action"] is None
    begun = await newest_round(bot)
    assert (begun.package_id, begun.package_text) == ("ppi", None)


async def test_adaptation_that_can_not_stand_is_told_at_its_field(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    package = next(each for each in available() if any(measure.beside for measure in each.measures))
    beside = next(each for each in package.measures if each.beside)
    names = (beside.title.da, package.measure(beside.beside).title.da)
    answer = await adapt(r, package.id, measures=[beside.id])
    assert answer["errors"] == {
        "measures": "»{}« kan ikke stå uden »{}«. Vælg begge eller ingen af dem.".format(*names)
    }
    every = [each.id for each in package.measures]
    answer = await r.desk.submit(r.klynge.coordinator, None, {"measures": every, "questions": "Hvad med 010180-1234?"})
    assert answer["errors"] == {"questions": "Det ligner et CPR-nummer. Slet det: Her må ikke stå noget om patienter."}
    assert (await newest_round(bot)).package_id == "kol"
