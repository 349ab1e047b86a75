"""Acts one to three: the bot is invited, the cluster set up, a meeting called and answered, the silent reminded."""

from __future__ import annotations

from datetime import timedelta

from bot.rehearsal.play import Play
from handlers.ids import Action

MEETING = {
    "kind": "topic",
    "title": "KOL: finder vi dem, og følger vi dem op?",
    "day": "2026-04-23",
    "start": "16:30",
    "end": "19:00",
    "place": "Lægehuset Havnegade, mødelokalet",
    "food": ["yes"],
    "answer_day": "2026-04-09",
    "answer_time": "12:00",
    "note": "Vi spiser sammen til sidst.",
}


async def invited_and_set_up(play: Play) -> None:
    """The coordinator invites the bot and says what the cluster has agreed."""
    stage, lead = play.stage, play.stage.cast.coordinator
    play.transcript.chapter(1, "Botten inviteres, og klyngen sættes op")
    play.does(lead, f"inviterer botten i #{'klynge-vestfjord'}")
    await stage.desk.join(stage.channel, stage.world.bot_user_id, stage.id_of(lead))
    await stage.settle()
    await play.transcript.look()
    play.expect("hilsener fra botten", await play.holders(Action.CLUSTER_SET_UP), [lead.name])
    await stage.command(lead, "/klynge opsæt")
    wrong = await play.sends(lead, {"name": "Klynge Vestfjord", "region": "Region Nordjylland", "min_practices": "3"})
    play.expect("for få praksis afvises ved feltet", list(wrong.get("errors") or {}), ["min_practices"])
    await play.sends(
        lead,
        {"name": "Klynge Vestfjord", "region": "Region Nordjylland", "min_practices": "5", "release_share": "75"},
        "retter og sender igen",
    )


async def members_come_aboard(play: Play) -> None:
    """The list of members is read, shown and saved; everybody confirms."""
    stage, lead = play.stage, play.stage.cast.coordinator
    cast = stage.cast
    await play.drops(lead, "medlemmer.csv", cast.roster_csv())
    await play.presses(lead, Action.ROSTER_SAVE, "Gem")
    welcomed = await play.holders(Action.MEMBER_WELCOME)
    play.expect("medlemmer budt velkommen", sorted(welcomed), sorted(doctor.name for doctor in cast.doctors))
    late = cast.doctors[-1]
    play.transcript.remark(f"Alle undtagen {late.name} bekræfter deres praksis og giver samtykke.")
    for surgery in cast.surgeries:
        for doctor in surgery.doctors:
            if doctor != late:
                await stage.press(doctor, Action.MEMBER_WELCOME)
                await stage.send_form(doctor, {"consent": ["yes"]} if doctor == surgery.doctors[0] else {})
    await play.transcript.look()


async def meeting_called(play: Play) -> None:
    """A meeting is planned; a wrong date is refused at its field."""
    stage, lead = play.stage, play.stage.cast.coordinator
    play.transcript.chapter(2, "Der indkaldes til møde")
    await play.types(lead, "/klynge møde")
    wrong = await play.sends(
        lead, MEETING | {"answer_day": "2026-05-01"}, "kommer til at sætte svarfristen efter mødet"
    )
    play.expect("svarfrist efter mødet afvises ved feltet", list(wrong.get("errors") or {}), ["answer_day"])
    await play.sends(lead, MEETING, "retter svarfristen og indkalder")
    invited = await play.holders(Action.MEETING_YES)
    play.expect("indkaldte", sorted(invited), sorted(doctor.name for doctor in stage.cast.doctors))


async def first_answers(play: Play) -> None:
    """Some answer with a button, some with words, one changes her mind."""
    stage, cast = play.stage, play.stage.cast
    doctors = cast.doctors
    await play.presses(doctors[0], Action.MEETING_YES, "Kommer")
    await play.says(doctors[3], "ja, jeg kommer")
    await play.says(doctors[5], "nej desværre, jeg er på ferie")
    for doctor in doctors[6:14]:
        await stage.press(doctor, Action.MEETING_YES)
    await stage.press(doctors[14], Action.MEETING_MAYBE)
    await play.transcript.look()
    await play.presses(doctors[14], Action.MEETING_YES, "Kommer (ombestemmer sig)")


async def the_silent_are_reminded(play: Play) -> None:
    """Days pass; Easter is respected; somebody snoozes; the coordinator hears who is missing."""
    stage, cast = play.stage, play.stage.cast
    lead, doctors = cast.coordinator, cast.doctors
    play.transcript.chapter(3, "De, der mangler at svare, bliver mindet om det")
    answered = {doctors[index].name for index in (0, 3, 5, *range(6, 15))}
    silent = sorted(doctor.name for doctor in doctors if doctor.name not in answered)
    play.expect("mangler at svare", len(silent), len(doctors) - 12)
    await walk_days(play, "2026-03-26", 12)
    reminded = await play.messages_with("Kommer du")
    play.transcript.remark(f"Mindet om det indtil nu: {sum(reminded.values())} beskeder.")
    _ = stage, lead


async def walk_days(play: Play, day: str, hour: int) -> None:
    """Let every morning come up to a day, so that everything happens at its own hour."""
    stage = play.stage
    while stage.calendar.now() + timedelta(days=1) < _moment(day, hour):
        await play.after(timedelta(days=1))
    await play.at(day, hour)


def _moment(day: str, hour: int):  # type: ignore[no-untyped-def]
    from datetime import datetime

    from cluster.clock import COPENHAGEN

    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=COPENHAGEN)
