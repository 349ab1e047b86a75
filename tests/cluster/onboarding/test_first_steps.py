"""The first steps: each is next until it is done, none is asked for twice, and a contact is no condition."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from cluster.members.list_tasks import ListTask, OpenTask
from cluster.onboarding.first_steps import Begun, FirstStep, beside
from cluster.overview.next_things import IN_STEPS, NextThing, Thing, beside_the_steps
from handlers.onboarding.views import first_steps
from locales import texts_for
from workspace.blockkit.blocks import check_view

MONDAY = datetime(2026, 3, 9, 7, tzinfo=UTC)
EMPTY = Begun(1, is_set_up=False, practices=0, members=1, without_contact=0)
SET_UP = replace(EMPTY, is_set_up=True)
LISTED = replace(SET_UP, practices=7, members=12, without_contact=2)
ANSWERED_FOR = replace(LISTED, without_contact=0)
CALLED = replace(LISTED, is_planned=True, waiting_meeting=3, sends_at=MONDAY)
INVITED = replace(LISTED, is_planned=True, is_underway=True)
DRAFTED = replace(LISTED, draft=3)
READ = replace(SET_UP, waiting_list=4)
BUTTONS = [
    (EMPTY, "1", ["cluster.set_up"]),
    (SET_UP, "2", ["cluster.by_file", "cluster.paste", "cluster.pick", "cluster.add_person"]),
    (READ, "2", ["home.show"]),
    (LISTED, "3", ["cluster.fill_in", "cluster.meeting"]),
    (ANSWERED_FOR, "4", ["cluster.meeting"]),
    (CALLED, "5", ["meeting.send"]),
    (DRAFTED, "5", ["meeting.finish"]),
    (replace(CALLED, draft=4), "5", ["meeting.send"]),
]


@pytest.mark.parametrize(("begun", "number", "buttons"), BUTTONS)
@pytest.mark.parametrize("lang", ["da", "en"])
def test_each_step_says_where_one_is_and_has_one_button_that_goes_on(
    begun: Begun, number: str, buttons: list[str], lang: str
) -> None:
    overview, said, row = first_steps.blocks(begun, texts_for(lang))
    pressed = row["elements"]
    assert [each["action_id"] for each in pressed] == buttons
    assert [each.get("style") for each in pressed] == ["primary", *[None] * (len(buttons) - 1)]
    assert {"da": f"trin {number} af 5", "en": f"step {number} of 5"}[lang] in overview["text"]["text"]
    assert overview["text"]["text"].count("✔") == sum(begun.done.values())
    assert first_steps.text(begun, texts_for(lang)) == f"{overview['text']['text']}\n{said['text']['text']}"
    check_view({"type": "home", "blocks": [overview, said, row]})


def test_nothing_is_said_when_somebody_is_invited_or_numbers_are_asked_for() -> None:
    asked_for_numbers = replace(LISTED, is_underway=True)
    for begun in (INVITED, asked_for_numbers):
        assert begun.current is None
        assert (first_steps.blocks(begun, texts_for("da")), first_steps.text(begun, texts_for("da"))) == ([], "")


def test_invitation_that_only_the_coordinator_got_does_not_replace_the_list() -> None:
    assert replace(SET_UP, is_planned=True, is_underway=True).current is FirstStep.LIST


def test_list_before_the_setup_counts() -> None:
    begun = replace(ANSWERED_FOR, is_set_up=False)
    assert begun.current is FirstStep.SET_UP
    assert begun.done[FirstStep.LIST]


def test_every_step_can_be_next_and_the_next_is_the_first_that_is_not_done() -> None:
    seen = set()
    for is_set_up, members, lacking, planned, underway in product((0, 1), (1, 2), (0, 1), (0, 1), (0, 1)):
        begun = Begun(1, bool(is_set_up), 0, members, lacking, is_planned=bool(planned), is_underway=bool(underway))
        order = list(begun.done.values())
        assert begun.current == (None if all(order) else list(FirstStep)[order.index(False)])
        seen.add(begun.current)
    assert seen == {None, *FirstStep}


def test_contacts_are_told_once_where_the_step_tells_of_them() -> None:
    tasks = [OpenTask(what, patients=1) for what in ListTask]
    assert [task.what for task in tasks if task not in beside(tasks, FirstStep.CONTACTS)] == [ListTask.CONTACT]
    assert beside(tasks, FirstStep.MEETING) == beside(tasks, None) == tasks


def test_next_things_leave_out_only_what_the_step_says_itself() -> None:
    assert IN_STEPS.keys() == set(FirstStep)
    things = [Thing(what, 1) for what in NextThing]
    assert beside_the_steps(things, None) == things
    for step, said in IN_STEPS.items():
        left = [each.what for each in beside_the_steps(things, step)]
        assert {*left, *said} == set(NextThing)
        assert NextThing.UNDELIVERED in left
