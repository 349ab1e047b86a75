"""What is open in a list of members: there while it is open, gone when it is settled, and about nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from cluster.members.cluster_rules import ENOUGH_PATIENTS
from cluster.members.list_tasks import ListTask, OpenTask, open_tasks, proposed_contact
from handlers.members.views import list_tasks
from locales import texts_for
from storage.models import Member, Practice
from workspace.blockkit.blocks import check_view


def practice(number: int, **about: Any) -> Practice:
    facts = {"id": number, "name": f"Praksis {number}", "ydernummer": f"{number:06}", "list_size": 16_000}
    return Practice(**facts | {"contact_id": number} | about)


def member(number: int, **about: Any) -> Member:
    facts = {
        "id": number,
        "name": f"Læge {number}",
        "active": True,
        "practice_id": number,
        "slack_user_id": f"U{number}",
    }
    return Member(**facts | {"email": f"{number}@x.dk", "title": ""} | about)


NORD, SYD, ANNA, BO = practice(1), practice(2), member(1), member(2)
OPEN_AND_DONE: dict[ListTask, tuple[tuple[list[Practice], list[Member]], tuple[list[Practice], list[Member]]]] = {
    ListTask.CONTACT: (
        ([NORD, practice(2, contact_id=None)], [ANNA, BO]),
        ([NORD, practice(2, contact_id=None)], [ANNA]),  # there is nobody who could
    ),
    ListTask.ADDRESS: (
        ([NORD, SYD], [ANNA, member(2, slack_user_id=None, email=None)]),
        ([NORD, SYD], [ANNA, member(2, email=None)]),
    ),
    ListTask.ACCOUNT: (
        ([NORD, SYD], [ANNA, member(2, slack_user_id=None)]),
        ([NORD, SYD], [ANNA, BO, member(3, slack_user_id=None, active=False)]),
    ),
    ListTask.VACANT: (([NORD, SYD], [ANNA, member(2, active=False)]), ([NORD, SYD], [ANNA, BO])),
    ListTask.PLACE: (
        ([NORD, SYD], [ANNA, BO, member(3, practice_id=None)]),
        ([NORD, SYD], [ANNA, BO, member(3, practice_id=None, role="observer")]),
    ),
    ListTask.SIZE: (
        ([NORD, practice(2, list_size=None)], [ANNA, BO]),
        ([practice(1, list_size=ENOUGH_PATIENTS), practice(2, list_size=None)], [ANNA, BO]),  # enough without it
    ),
    ListTask.PATIENTS: (
        ([NORD, practice(2, list_size=13_999)], [ANNA, BO]),
        ([NORD, practice(2, list_size=14_000)], [ANNA, BO]),
    ),
}


def whats(places: list[Practice], people: list[Member]) -> list[ListTask]:
    return [task.what for task in open_tasks(places, people)]


@pytest.mark.parametrize("what", ListTask)
def test_task_is_there_while_it_is_open_and_gone_when_it_is_settled(what: ListTask) -> None:
    is_open, done = OPEN_AND_DONE[what]
    assert what in whats(*is_open)
    assert what not in whats(*done)


def test_list_in_which_nothing_lacks_and_an_empty_one_have_no_tasks() -> None:
    assert open_tasks([NORD, SYD], [ANNA, BO]) == open_tasks([], []) == []


def test_number_of_patients_is_not_told_before_it_is_known() -> None:
    assert whats([practice(1, list_size=None)], [ANNA]) == [ListTask.SIZE]


def test_patients_of_a_vacant_ydernummer_need_not_be_known() -> None:
    assert whats([practice(1, list_size=200), practice(2, list_size=None)], [ANNA]) == [
        ListTask.VACANT,
        ListTask.PATIENTS,
    ]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_each_task_is_a_sentence_with_a_button_and_names_are_harmless(lang: str) -> None:
    places, people = [practice(1, name="<Nord>")] * 200, [member(1, name="A & B")] * 200
    tasks = [OpenTask(what, tuple(places), patients=9) for what in ListTask]
    tasks += [OpenTask(what, people=tuple(people)) for what in (ListTask.ADDRESS, ListTask.ACCOUNT, ListTask.PLACE)]
    blocks = list_tasks.lines(tasks, 7, texts_for(lang))
    assert all(block["accessory"]["value"] == "7" for block in blocks)
    assert all(block["text"]["text"].count("&") <= 9 for block in blocks)  # three of two hundred are named
    assert "<Nord>" not in str(blocks)
    assert "A & B" not in str(blocks)
    check_view({"type": "home", "blocks": blocks})


def test_likely_contact_is_the_only_one_or_the_only_one_who_may_consent() -> None:
    owner, nurse = member(3, title="Ejerlæge"), member(4, title="sygeplejerske")
    assert proposed_contact([nurse]) is nurse
    assert proposed_contact([nurse, owner]) is owner
    assert proposed_contact([owner, member(5, title="ejer")]) is None
    assert proposed_contact([nurse, ANNA]) is None
    assert proposed_contact([owner, member(5, active=False)]) is owner
