"""Acts one to three: the bot is invited, the cluster set up, a meeting called and answered, the silent reminded."""

from __future__ import annotations

from datetime import date, timedelta

from bot.rehearsal.cast import Doctor
from bot.rehearsal.play import Play
from cluster.clock import local
from cluster.reminders import MOST as MOST_REMINDERS
from handlers.ids import Action

HOURS = (9, 13)

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
    """Days pass; nobody is written to on holidays; after three reminders the coordinator hears who is missing."""
    cast = play.stage.cast
    lead, doctors = cast.coordinator, cast.doctors
    play.transcript.chapter(3, "De, der mangler at svare, bliver mindet om det")
    answered = {doctors[index].name for index in (0, 3, 5, *range(6, 15)) if index < len(doctors)}
    silent = sorted(doctor.name for doctor in doctors if doctor.name not in answered)
    snoozer = silent[0]
    await pass_days(play, until="2026-03-31")
    play.expect("mindet om mødet", sorted(await play.posted("meeting.reminder")), silent)
    await play.presses(snoozer, Action.MEETING_SNOOZE, "Påmind mig senere: I morgen", option="I morgen")
    before = await play.posted("meeting.reminder")
    await pass_days(play, until="2026-04-06")
    easter = {name: count - before.get(name, 0) for name, count in (await play.posted("meeting.reminder")).items()}
    play.expect(
        "mindet i påsken, ud over den, der bad om det", {n for n, more in easter.items() if more} - {snoozer}, set()
    )
    await pass_days(play, until="2026-04-08")
    counts = await play.posted("meeting.reminder")
    play.expect("flest påmindelser til den samme", max(counts.values()) <= MOST_REMINDERS + 1, True)
    play.expect("mindet, skønt de har svaret", sorted(set(counts) - set(silent)), [])
    digest = [message for message in await play.stage.seen_by(lead) if silent[0] in message["text"]]
    play.expect("koordinatoren har fået navnene", bool(digest), True)
    play.transcript.remark("De sidste svarer i sidste øjeblik; en ringer til koordinatoren.")
    for name in silent[:-1]:
        await play.stage.press(name, Action.MEETING_YES)
    await play.presses(lead, Action.MEETING_ANSWER_FOR, "Svar for")
    await play.sends(lead, {"guest": await _option(play, lead, "guest", silent[-1]), "answer": "yes"})


async def pass_days(play: Play, *, until: str) -> None:
    """Let the hours of every day come, up to and with a day: what falls due at noon is sent at noon."""
    day, last = local(play.stage.calendar.now()).date(), date.fromisoformat(until)
    while day < last:
        day += timedelta(days=1)
        for hour in HOURS:
            await play.at(day.isoformat(), hour)


async def _option(play: Play, who: Doctor, field: str, label: str) -> str:
    """The value of the choice with a label, in the window on top."""
    top = await play.stage.desk.top_view(play.stage.id_of(who))
    blocks = top["view"]["blocks"] if top else []
    element = next(block["element"] for block in blocks if block.get("block_id") == field)
    return str(next(option["value"] for option in element["options"] if option["text"]["text"] == label))
