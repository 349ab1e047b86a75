"""People of other organisations (Slack Connect) and of other workspaces of an enterprise, as Slack tells of them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.response import BoltResponse

from tests.workspace.kit import Place, Running, actions, button, modal
from tests.workspace.test_samples import SAMPLES, differences, sample
from workspace.state.errors import Json

THEIRS, GRID = "T0THEIRS", "E0GRID"


@pytest.fixture
def heard(place: Place) -> list[Json]:
    return []


@pytest.fixture
async def told(place: Place, running: Running, heard: list[Json]) -> None:
    app = place.app()

    @app.middleware
    async def keep(body: Json) -> BoltResponse:
        heard.append(body)
        return BoltResponse(status=200)

    await running(app)


def of(heard: list[Json], kind: str) -> Json:
    return next(
        body
        for body in heard
        if kind in (body.get("type"), (body.get("event") or {}).get("type"), body.get("command", "-")[1:])
    )


async def do_everything(place: Place, person: str) -> None:
    await place.desk.join(place.channel, person)
    await place.desk.say(person, place.world.bot_user_id, "hej")
    await place.client.chat_postMessage(channel=place.channel, text="?", blocks=[actions(button("go"))])
    posted = (await place.desk.messages(person, place.channel))[-1]
    await place.desk.act(person, posted, "go")
    await place.client.views_open(trigger_id=place.world.triggers.give(person), view=modal())
    await place.desk.submit(person)
    await place.desk.command(person, place.channel, "/klynge hjælp")
    await place.desk.settled()


@pytest.fixture
async def guest(place: Place) -> str:
    return place.world.add_person("Ude", email="ude@ude.example", team_id=THEIRS)


@pytest.mark.usefixtures("told")
async def test_another_organisation_is_told_where_slack_tells_it(place: Place, guest: str, heard: list[Json]) -> None:
    await do_everything(place, guest)
    ours = place.world.team_id
    said, came = of(heard, "message"), of(heard, "member_joined_channel")
    assert (said["team_id"], said["event"]["team"], said["context_team_id"]) == (THEIRS, THEIRS, ours)
    assert (said["authorizations"][0]["team_id"], said["is_ext_shared_channel"]) == (ours, True)
    assert (came["event"]["team"], came["event"]["user"]) == (THEIRS, guest)
    pressed, sent = of(heard, "block_actions"), of(heard, "view_submission")
    assert (pressed["user"]["team_id"], pressed["team"]["id"]) == (THEIRS, ours)
    assert (sent["user"]["team_id"], sent["team"]["id"]) == (THEIRS, THEIRS)
    assert sent["view"]["app_installed_team_id"] == ours
    assert of(heard, "klynge")["team_id"] == THEIRS


async def test_is_stranger_says_nothing_of_those_an_app_meets(place: Place, guest: str) -> None:
    await place.desk.join(place.channel, guest)
    user = (await place.client.users_info(user=guest))["user"]
    assert (user["team_id"], user["profile"]["team"], "is_stranger" in user) == (THEIRS, THEIRS, False)
    listed = {each["id"]: each["team_id"] for each in (await place.client.users_list())["members"]}
    assert (listed[guest], listed[place.anne]) == (THEIRS, place.world.team_id)
    assert guest in (await place.client.conversations_members(channel=place.channel))["members"]
    conversation = (await place.client.conversations_info(channel=place.channel))["channel"]
    assert (conversation["is_ext_shared"], conversation["is_shared"]) == (True, True)


@pytest.mark.usefixtures("told")
async def test_enterprise_is_told_beside_the_workspace(place: Place, heard: list[Json]) -> None:
    place.world.enterprise_id = GRID
    sibling = place.world.add_person("Søster", team_id="T0SIBLING", enterprise_id=GRID)
    await do_everything(place, sibling)
    assert sibling.startswith("W")
    assert (await place.client.auth_test())["enterprise_id"] == GRID
    user = (await place.client.users_info(user=sibling))["user"]
    assert (user["team_id"], user["enterprise_user"]["enterprise_id"]) == ("T0SIBLING", GRID)
    assert user["enterprise_user"]["teams"] == ["T0SIBLING"]
    pressed = of(heard, "block_actions")
    assert (pressed["user"]["team_id"], pressed["team"]["id"]) == ("T0SIBLING", place.world.team_id)
    assert pressed["team"]["enterprise_id"] == GRID
    said = of(heard, "message")
    assert (said["team_id"], said["enterprise_id"], said["is_ext_shared_channel"]) == ("T0SIBLING", GRID, False)
    assert of(heard, "klynge")["enterprise_id"] == GRID


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the official samples (../shared/slack-samples) are not here")
@pytest.mark.usefixtures("told")
async def test_their_payloads_have_the_shape_of_the_official_samples(place: Place, heard: list[Json]) -> None:
    place.world.enterprise_id = GRID
    guest = place.world.add_person("Ude", email="ude@ude.example", team_id=THEIRS, enterprise_id="E0THEIRS")
    await do_everything(place, guest)
    found: dict[str, Any] = {
        name: differences(of(heard, kind), sample("interactions", name))
        for kind, name in (
            ("block_actions", "BlockActionPayload"),
            ("view_submission", "ViewSubmissionPayload"),
        )
    }
    typed = of(heard, "klynge") | {"is_enterprise_install": False}  # a form carries no truth values
    found["command"] = differences(typed, sample("interactions", "SlashCommandPayload"))
    found["message"] = differences(of(heard, "message"), sample("events", "MessagePayload"))
    found["joined"] = differences(of(heard, "member_joined_channel"), sample("events", "MemberJoinedChannelPayload"))
    answers = {
        "users.info": (await place.client.users_info(user=guest)).data,
        "users.list": (await place.client.users_list()).data,
        "auth.test": (await place.client.auth_test()).data,
        "conversations.info": (await place.client.conversations_info(channel=place.channel)).data,
    }
    found |= {name: differences(answer, sample("api", name)) for name, answer in answers.items()}
    assert found == {name: [] for name in found}
