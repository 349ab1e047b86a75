"""The database goes away under the running program, and comes back: what people did meanwhile is not lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests.crash.postgres import Postgres, postgresql
from tests.faults.village import WORDS, Village

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A server that may be killed."""
    with postgresql() as server:
        yield server


@pytest.fixture
async def database_url(postgres: Postgres) -> str:
    """A migrated, empty database in it."""
    url = postgres.fresh()
    made = Database(url)
    await migrate(made)
    await made.close()
    return url


@pytest.mark.timeout(240)
async def test_everything_goes_on_when_the_database_comes_back(village: Village, postgres: Postgres) -> None:
    doctors = village.klynge.doctors
    for person in doctors[:3]:
        assert await village.says_yes(person) is True
    await village.desk.say(doctors[3], village.world.bot_user_id, WORDS)
    await postgres.kill()
    await village.desk.say(doctors[4], village.world.bot_user_id, WORDS)
    assert await village.says_yes(doctors[4]) is False
    await postgres.start()
    await village.all_say_yes()
    await village.settle()
    assert await village.answers() == ["yes"] * 5
    assert [await village.helped(person) for person in doctors[3:]] == [1, 1]
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


@pytest.mark.timeout(240)
async def test_database_away_while_a_message_is_on_its_way_does_not_double_it(
    village: Village, postgres: Postgres
) -> None:
    person = village.klynge.doctors[1]
    before = await posts(village)
    await village.desk.fail("chat.postMessage", delay=0.5, when="after")
    await village.desk.say(person, village.world.bot_user_id, WORDS)
    await village.desk.wait_for(lambda: not village.world.failures.shape())
    await postgres.kill()
    await village.desk.wait_for(lambda: is_answered(village, before))
    await postgres.start()
    await village.settle()
    assert await village.helped(person) == 1
    assert await village.account() == ([], [])
    assert await village.unsettled() == {}


async def posts(village: Village) -> int:
    """How many calls to post something Slack has answered."""
    return sum(row["method"] == "chat.postMessage" for row in await village.desk.traffic())


async def is_answered(village: Village, before: int) -> bool:
    """Whether Slack has answered one more."""
    return await posts(village) > before
