"""People and conversations as the Web API shows them: zones, roles, locale, pages, membership."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.workspace.kit import Place


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def about(place: Place, person: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await place.client.users_info(user=person, **more))["user"]
    return found


@pytest.mark.parametrize(
    ("tz", "summer", "winter"),
    [
        ("Europe/Copenhagen", (7_200, "Central European Summer Time"), (3_600, "Central European Time")),
        ("America/Godthab", (-3_600, "America/Godthab"), (-7_200, "America/Godthab")),
        ("Atlantic/Reykjavik", (0, "Greenwich Mean Time"), (0, "Greenwich Mean Time")),
    ],
)
async def test_zone_offset_follows_the_season(
    place: Place, tz: str, summer: tuple[int, str], winter: tuple[int, str]
) -> None:
    person = place.world.add_person(name="Nuka", tz=tz)
    shape = await about(place, person)
    assert (shape["tz"], (shape["tz_offset"], shape["tz_label"])) == (tz, summer)
    await place.desk.clock_to("2026-12-01T12:00:00+00:00")
    shape = await about(place, person)
    assert (shape["tz_offset"], shape["tz_label"]) == winter


async def test_locale_comes_only_on_request(place: Place) -> None:
    assert "locale" not in await about(place, place.anne)
    assert (await about(place, place.anne, include_locale=True))["locale"] == "da-DK"
    listed = (await place.client.users_list(include_locale=True))["members"]
    assert {person["id"]: person["locale"] for person in listed}[place.bo] == "en-US"


async def test_roles_are_told(place: Place) -> None:
    guest = place.world.add_person(name="Gæst", guest=True)
    admin = place.world.add_person(name="Leder", admin=True)
    stranger = place.world.add_person(name="Fremmed", stranger=True)
    assert [(await about(place, each))["is_restricted"] for each in (guest, admin)] == [True, False]
    assert [(await about(place, each))["is_admin"] for each in (guest, admin)] == [False, True]
    assert ((await about(place, stranger))["is_stranger"], "is_stranger" in await about(place, guest)) == (True, False)
    assert (await about(place, place.world.bot_user_id))["is_bot"] is True


async def test_email_needs_its_scope(place: Place) -> None:
    assert (await about(place, place.anne))["profile"]["email"] == "anne@example.dk"
    await place.desk.settings(scopes=["users:read"])
    assert "email" not in (await about(place, place.anne))["profile"]
    assert await error_of(place.client.users_lookupByEmail(email="anne@example.dk")) == "missing_scope"


async def test_deactivated_account_has_no_zone_or_role(place: Place) -> None:
    await place.desk.deactivate(place.bo)
    shape = await about(place, place.bo)
    assert (shape["deleted"], "tz" in shape, "is_admin" in shape) == (True, False, False)
    assert await error_of(place.client.conversations_open(users=place.bo)) == "user_disabled"


async def test_lists_come_in_pages(place: Place) -> None:
    for number in range(5):
        place.world.add_person(name=f"Læge {number}")
    found: list[str] = []
    cursor = ""
    while True:
        page = await place.client.users_list(limit=3, cursor=cursor)
        found += [person["id"] for person in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert found == list(place.world.people.by_id)


async def test_members_and_conversations_of_a_person(place: Place) -> None:
    members = (await place.client.conversations_members(channel=place.channel))["members"]
    assert members == [place.anne, place.bo, place.world.bot_user_id]
    place.world.add_channel("lukket", [place.anne], private=True)
    listed = await place.client.users_conversations(user=place.anne, types="public_channel,private_channel,im")
    assert [conversation["id"] for conversation in listed["channels"]] == [place.dm, place.channel]


async def test_public_channels_are_listed_and_private_ones_only_to_members(place: Place) -> None:
    public = place.world.add_channel("åben", [place.anne])
    place.world.add_channel("lukket", [place.anne], private=True)
    own = place.world.add_channel("vores", [place.anne, place.world.bot_user_id], private=True)
    listed = (await place.client.conversations_list(types="public_channel,private_channel"))["channels"]
    assert [(conversation["id"], conversation["is_member"]) for conversation in listed] == [
        (place.channel, True),
        (public, False),
        (own, True),
    ]


async def test_bot_joins_a_public_channel_with_the_scope_only(place: Place) -> None:
    public = place.world.add_channel("åben", [place.anne])
    assert await error_of(place.client.conversations_join(channel=public)) == "missing_scope"
    await place.desk.settings(scopes=["channels:join", "chat:write"])
    assert (await place.client.conversations_join(channel=public))["channel"]["is_member"] is True
    await place.client.conversations_leave(channel=public)
    assert await error_of(place.client.chat_postMessage(channel=public, text="x")) == "not_in_channel"


async def test_direct_message_is_the_same_however_it_is_opened(place: Place) -> None:
    opened = await place.client.conversations_open(users=place.anne)
    again = await place.client.conversations_open(channel=opened["channel"]["id"], return_im=True)
    assert (opened["channel"]["id"], again["channel"]["user"]) == (place.dm, place.anne)
    assert await error_of(place.client.conversations_open(users=place.world.bot_user_id)) == "cannot_dm_bot"


async def test_same_email_is_taken_once(place: Place) -> None:
    twice = place.desk.person(name="Anne To", email="Anne@Example.dk")
    with pytest.raises(Exception, match="already_in_team"):
        await twice
