"""Modals: triggers, stacks, hashes, what a submission may answer, closing, and App Homes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.workspace.kit import Heard, Place, Running, actions, button, field, modal, shown
from workspace import DeskError

NOTE = field("note", {"type": "plain_text_input", "action_id": "note"}, optional=True)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_trigger_opens_once(place: Place) -> None:
    trigger = place.world.triggers.give(place.anne)
    await place.client.views_open(trigger_id=trigger, view=modal())
    again = place.client.views_open(trigger_id=trigger, view=modal())
    assert await error_of(again) == "exchanged_trigger_id"


async def test_trigger_expires_with_the_story_clock(place: Place) -> None:
    await place.desk.settings(trigger_seconds=3.0)
    late, in_time = place.world.triggers.give(place.anne), place.world.triggers.give(place.anne)
    await place.desk.forward(2.9)
    await place.client.views_open(trigger_id=in_time, view=modal())
    await place.desk.forward(0.2)
    assert await error_of(place.client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


async def test_trigger_survives_when_only_waiting_time_passes(place: Place) -> None:
    trigger = place.world.triggers.give(place.anne)
    await place.desk.pace(60)
    assert (await place.client.views_open(trigger_id=trigger, view=modal()))["ok"] is True


async def test_unknown_trigger_is_refused(place: Place) -> None:
    assert await error_of(place.client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_three_modals_stack_and_a_fourth_is_refused(place: Place) -> None:
    first = await shown(place)
    second = await place.client.views_push(trigger_id=place.world.triggers.give(place.anne), view=modal())
    await place.client.views_push(trigger_id=place.world.triggers.give(place.anne), view=modal())
    assert second["view"]["previous_view_id"] == second["view"]["root_view_id"] == first["id"]
    fourth = place.client.views_push(trigger_id=place.world.triggers.give(place.anne), view=modal())
    assert await error_of(fourth) == "push_limit_reached"
    assert len((await place.desk.state(place.anne))["views"]) == 3


async def test_stale_hash_is_a_conflict_and_a_closed_view_is_not_found(place: Place) -> None:
    view = await shown(place)
    fresh = await place.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(NOTE))
    assert fresh["view"]["hash"] != view["hash"]
    stale = place.client.views_update(view_id=view["id"], hash=view["hash"], view=modal())
    assert await error_of(stale) == "hash_conflict"
    await place.desk.close(place.anne)
    assert await error_of(place.client.views_update(view_id=view["id"], view=modal())) == "not_found"


async def test_view_is_found_by_the_id_the_app_gave_it(place: Place) -> None:
    await shown(place, external_id="meeting-7")
    await place.client.views_update(external_id="meeting-7", view=modal(NOTE, external_id="meeting-7"))
    top = await place.desk.top_view(place.anne)
    assert top is not None
    assert [block["block_id"] for block in top["view"]["blocks"]] == ["note"]


async def test_update_keeps_what_was_put_into_the_same_input(place: Place) -> None:
    view = await shown(place, NOTE)
    await place.desk.fill(place.anne, view, "note", "kaffe")
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "ny"}}
    await place.client.views_update(view_id=view["id"], view=modal(section, NOTE))
    top = await place.desk.top_view(place.anne)
    assert top is not None
    assert top["view"]["state"]["values"]["note"]["note"]["value"] == "kaffe"


ANSWERS: list[tuple[dict[str, Any] | None, str | None, int]] = [
    (None, None, 1),
    ({"response_action": "errors", "errors": {"note": "nej"}}, "errors", 2),
    ({"response_action": "update", "view": modal()}, "update", 2),
    ({"response_action": "push", "view": modal()}, "push", 3),
    ({"response_action": "clear"}, "clear", 0),
]


@pytest.mark.parametrize(("answer", "action", "left"), ANSWERS)
async def test_answer_to_a_submission_is_honoured(
    place: Place, running: Running, answer: dict[str, Any] | None, action: str | None, left: int
) -> None:
    app = place.app()
    heard = Heard(app)
    heard.answer = answer
    await running(app)
    await shown(place)
    await place.client.views_push(trigger_id=place.world.triggers.give(place.anne), view=modal(NOTE))
    done = await place.desk.submit(place.anne, values={"note": "hej"})
    assert (done["response_action"], done["failed"]) == (action, None)
    assert len((await place.desk.state(place.anne))["views"]) == left


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "nej"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "explode"},
    ],
)
async def test_answer_that_slack_cannot_use_leaves_the_modal_open(
    place: Place, socketed: Running, answer: dict[str, Any]
) -> None:
    app = place.app()
    Heard(app).answer = answer
    await socketed(app)
    await shown(place, NOTE)
    assert (await place.desk.submit(place.anne))["failed"] == "dispatch_failed"
    assert len((await place.desk.state(place.anne))["views"]) == 1


async def test_submission_without_an_app_fails_and_keeps_what_was_written(place: Place) -> None:
    view = await shown(place, NOTE)
    place.world.settings.ack_seconds = 0.05
    assert (await place.desk.submit(place.anne, values={"note": "hej"}))["failed"] == "dispatch_failed"
    top = await place.desk.top_view(place.anne)
    assert top is not None
    assert (top["id"], top["view"]["state"]["values"]["note"]["note"]["value"]) == (view["id"], "hej")


async def test_closing_is_told_only_when_asked_for(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await shown(place)
    await place.desk.close(place.anne)
    await shown(place, notify_on_close=True)
    await place.desk.close(place.anne, everything=True)
    closed = [body for body in heard.bodies if body["type"] == "view_closed"]
    assert [body["is_cleared"] for body in closed] == [True]


async def test_closing_a_pushed_modal_shows_the_one_below(place: Place) -> None:
    below = await shown(place)
    await place.client.views_push(trigger_id=place.world.triggers.give(place.anne), view=modal())
    await place.desk.close(place.anne)
    top = await place.desk.top_view(place.anne)
    assert top is not None
    assert top["id"] == below["id"]


async def test_modal_of_one_person_is_nothing_for_another(place: Place) -> None:
    view = await shown(place, NOTE)
    with pytest.raises(DeskError) as refused:
        await place.desk.submit(place.bo, view, {})
    assert refused.value.code == "not_found"
    assert (await place.desk.state(place.bo))["views"] == []


async def test_home_is_published_for_one_person_and_keeps_its_id(place: Place) -> None:
    home = {"type": "home", "blocks": [actions(button("mine"))]}
    first = await place.client.views_publish(user_id=place.anne, view=home)
    second = await place.client.views_publish(user_id=place.anne, view=home, hash=first["view"]["hash"])
    assert (first["view"]["id"], first["view"]["hash"] != second["view"]["hash"]) == (second["view"]["id"], True)
    stale = place.client.views_publish(user_id=place.anne, view=home, hash=first["view"]["hash"])
    assert await error_of(stale) == "hash_conflict"
    assert (await place.desk.state(place.bo))["home"] == {"id": None, "view": None}


async def test_home_cannot_be_opened_as_a_modal(place: Place) -> None:
    trigger = place.world.triggers.give(place.anne)
    call = place.client.views_open(trigger_id=trigger, view={"type": "home", "blocks": []})
    assert await error_of(call) == "invalid_arguments"


@pytest.mark.long
async def test_view_over_the_payload_limit_is_too_large(place: Place) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "æ" * 2_900}}
    call = place.client.views_open(trigger_id=place.world.triggers.give(place.anne), view=modal(*[section] * 50))
    assert await error_of(call) == "view_too_large"
