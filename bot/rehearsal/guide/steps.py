"""What to try next: from the first word to the change that was agreed, each done by the button that is shown."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.cast import Surgery
from bot.rehearsal.files import own_csv, with_patients
from bot.rehearsal.guide.situation import StoryState
from bot.rehearsal.stage import Stage
from locales import N_, Texts

Json = dict[str, Any]


@dataclass(frozen=True)
class Before:
    """What was there when the stage was handed over: only what is done since counts as tried."""

    answers: int = 0
    files: int = 0


@dataclass(frozen=True)
class Scene:
    """What a step looks at."""

    stage: Stage
    seen: StoryState
    before: Before
    t: Texts

    @property
    def lead(self) -> str:
        """The coordinator's Slack id."""
        return self.stage.id_of(self.stage.cast.coordinator)

    @property
    def bot(self) -> str:
        """Whom members write to."""
        return self.stage.world.bot_user_id

    def first_who(self, owes: Callable[[str], bool]) -> str:
        """The first person of the cast who owes something, the coordinator last; the coordinator when nobody does."""
        ids = [self.stage.id_of(doctor) for doctor in self.stage.cast.doctors]
        return next((each for each in [*ids[1:], ids[0]] if owes(each)), self.lead)

    def surgery_of(self, user: str) -> Surgery:
        """The practice that somebody of the cast works in."""
        cast, ids = self.stage.cast, self.stage.ids
        return next(each for each in cast.surgeries if user in {ids[doctor.name] for doctor in each.doctors})


@dataclass(frozen=True)
class Trial:
    """One thing to try; English, marked with N_."""

    name: str
    title: str
    text: str
    is_done: Callable[[Scene], bool]
    ways: Callable[[Scene], list[Json]]
    """The buttons: where each leads (``person``, ``place``, ``tab``), what it puts into the writing field (``write``,
    ``file``), or what it does by itself (``deed``)."""
    only: str = ""
    """The opening that it belongs to; empty for all."""


def shown(scene: Scene, opening: str) -> list[Json]:
    """The steps of an opening, in order, in the reader's language."""
    t = scene.t
    return [
        {
            "name": step.name,
            "title": t(step.title),
            "text": t(step.text),
            "done": step.is_done(scene),
            "ways": step.ways(scene),
        }
        for step in STEPS
        if step.only in {"", opening}
    ]


def _file(name: str, content: bytes) -> Json:
    return {"name": name, "base64": base64.b64encode(content).decode()}


def _write(scene: Scene, words: str, label: str = "") -> list[Json]:
    label = label or scene.t("Write {words}", words=words)
    return [{"label": label, "person": scene.lead, "place": scene.bot, "write": words}]


def _invite(scene: Scene) -> list[Json]:
    words = "/invite @Klyngebot"
    label = scene.t("Write {words}", words=words)
    return [{"label": label, "person": scene.lead, "place": scene.stage.channel, "write": words}]


def _list(scene: Scene) -> list[Json]:
    place = {"person": scene.lead, "place": scene.bot}
    content = scene.stage.cast.roster_csv()
    return [{"label": scene.t("Put the list into the writing field"), **place, "file": _file("medlemmer.csv", content)}]


def _answer(scene: Scene) -> list[Json]:
    people = scene.seen.people
    who = scene.first_who(lambda user: user in people and people[user].meeting is not None)
    ways = [{"label": scene.t("Be {name}", name=_name(scene, who)), "person": who, "place": scene.bot}]
    if scene.seen.next_meeting is not None:
        ways.append({"label": scene.t("Let the others answer"), "deed": "answers"})
    return ways


def _send(scene: Scene) -> list[Json]:
    people = scene.seen.people
    who = scene.first_who(lambda user: user in people and people[user].round is not None)
    place, surgery, t = {"person": who, "place": scene.bot}, scene.surgery_of(who), scene.t
    wrong = _file("tal.csv", own_csv(surgery, copd_text="hundrede og tolv"))
    return [
        {"label": t("Put a file with a mistake into the writing field"), **place, "file": wrong},
        {"label": t("A list of patients"), **place, "file": _file("patientliste.csv", with_patients())},
        {"label": t("The right file"), **place, "file": _file("tal-rettet.csv", own_csv(surgery))},
    ]


def _release(scene: Scene) -> list[Json]:
    ways = _write(scene, "/klynge grafer")
    if any(each.round for each in scene.seen.people.values()):
        ways.append({"label": scene.t("Let the others send their numbers"), "deed": "numbers"})
    return ways


def _meet(scene: Scene) -> list[Json]:
    home = {"label": scene.t("Be the coordinator"), "person": scene.lead, "place": scene.bot}
    if scene.seen.next_meeting is None:
        return [home]
    return [{"label": scene.t("Go to the day after the meeting"), "deed": "jump:after"}, home]


def _name(scene: Scene, user: str) -> str:
    return next(name for name, each in scene.stage.ids.items() if each == user)


STEPS = (
    Trial(
        "invite",
        N_("Add the bot"),
        N_("You coordinate a cluster and have just been told of the bot. Invite it into your cluster's channel."),
        lambda scene: scene.seen.cluster is not None,
        _invite,
        only="empty",
    ),
    Trial(
        "set_up",
        N_("Set up the cluster"),
        N_("The bot has greeted you in your conversation. Press the button there, or write the command."),
        lambda scene: scene.seen.cluster is not None and scene.seen.cluster.set_up_at is not None,
        lambda scene: _write(scene, "/klynge opsæt"),
        only="empty",
    ),
    Trial(
        "list",
        N_("Send the list of members"),
        N_("A spreadsheet as it is. The bot shows what it understood, and saves when you say so."),
        lambda scene: scene.seen.has_practices,
        _list,
        only="empty",
    ),
    Trial(
        "plan",
        N_("Plan a meeting"),
        N_("The coordinator fills in one window, and everybody gets an invitation with buttons."),
        lambda scene: bool(scene.seen.meetings),
        lambda scene: _write(scene, "/klynge møde"),
    ),
    Trial(
        "answer",
        N_("Answer as a doctor"),
        N_("Press a button on the invitation, or write it in your own words. See the count in the channel change."),
        lambda scene: scene.seen.answers > scene.before.answers,
        _answer,
    ),
    Trial(
        "ask",
        N_("Ask for numbers"),
        N_("Choose a package of measures; each practice is asked for a few totals."),
        lambda scene: bool(scene.seen.rounds),
        lambda scene: _write(scene, "/klynge data"),
    ),
    Trial(
        "send",
        N_("Send a wrong file, then the right one"),
        N_("The bot says in which cell the mistake is. A list of patients is refused, and not a word of it is kept."),
        lambda scene: _files(scene.stage) > scene.before.files,
        _send,
    ),
    Trial(
        "release",
        N_("Send the charts"),
        N_("Each practice sees itself among the others without names, once enough have answered."),
        lambda scene: scene.seen.is_released,
        _release,
    ),
    Trial(
        "meet",
        N_("Hold the meeting"),
        N_("Leap over the evening; the next morning the coordinator notes who was there."),
        lambda scene: scene.seen.is_attended,
        _meet,
    ),
    Trial(
        "follow",
        N_("Agree on a change"),
        N_("What you agree on is kept, and months later it is measured whether anything changed."),
        lambda scene: scene.seen.is_agreed,
        lambda scene: _write(scene, "/klynge aftale"),
    ),
)


def before(scene_stage: Stage, seen: StoryState) -> Before:
    """What is there when the stage is handed over."""
    return Before(seen.answers, _files(scene_stage))


def _files(stage: Stage) -> int:
    people = set(stage.ids.values())
    return sum(file.owner in people for file in stage.world.files.by_id.values())
