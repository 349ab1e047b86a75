"""Acts one to three: the bot is invited, the cluster set up, a meeting called and answered, the silent reminded."""

from __future__ import annotations

from datetime import date, timedelta

from bot.rehearsal.play import Play
from bot.rehearsal.stage import CHANNEL
from cluster.clock import local
from cluster.meetings.reminders import POLICY
from handlers.meetings.ids import Action as MeetingAction
from handlers.onboarding.ids import Action as OnboardingAction

HOURS = (9, 12, 16)
"""The hours at which anything falls due."""

AGREED = {"name": "Klynge Vestfjord", "region": "Region Nordjylland", "min_practices": "5", "release_share": "75"}
MEETING = {
    "kind": "topic",
    "title": "KOL: finder vi dem, og følger vi dem op?",
    "day": "2026-04-23",
    "start": "16:30",
    "end": "19:00",
    "place": "Sundhedshuset, mødelokale 2",
    "food": ["yes"],
    "answer_day": "2026-04-09",
    "answer_time": "12:00",
    "note": "Vi spiser sammen til sidst.",
}


async def invited_and_set_up(play: Play) -> None:
    """The coordinator invites the bot and says what the cluster has agreed."""
    stage, lead = play.stage, play.stage.cast.coordinator
    play.chapter("Botten inviteres, og klyngen sættes op")
    play.does(lead, f"inviterer botten i #{CHANNEL}")
    await stage.desk.join(stage.channel, stage.world.bot_user_id, stage.id_of(lead))
    await stage.settle()
    await play.transcript.look()
    play.expect("hilsener fra botten", await play.holders(OnboardingAction.CLUSTER_SET_UP), [lead.name])
    await play.types(lead, "/klynge opsæt")
    wrong = await play.sends(lead, AGREED | {"reminders_from": "16", "reminders_to": "9"}, "bytter om på to klokkeslæt")
    play.expect("påmindelser, der ender før de begynder, afvises ved feltet", list(wrong["errors"]), ["reminders_to"])
    await play.sends(lead, AGREED | {"reminders_from": "8", "reminders_to": "17"}, "retter og sender igen")


async def members_come_aboard(play: Play) -> None:
    """The list of members is read, shown and saved; everybody confirms."""
    stage, lead = play.stage, play.stage.cast.coordinator
    cast = stage.cast
    await play.drops(lead, "medlemmer.csv", cast.roster_csv())
    await play.presses(lead, OnboardingAction.ROSTER_SAVE)
    welcomed = await play.holders(OnboardingAction.MEMBER_WELCOME)
    play.expect("medlemmer budt velkommen", sorted(welcomed), sorted(doctor.name for doctor in cast.doctors))
    play.transcript.remark(f"Alle undtagen {cast.unconfirmed.name} bekræfter deres praksis og giver samtykke.")
    for surgery in cast.surgeries:
        for doctor in surgery.doctors:
            if doctor != cast.unconfirmed:
                await stage.press(doctor, OnboardingAction.MEMBER_WELCOME)
                await stage.send_form(doctor, {"consent": ["yes"]} if doctor == surgery.doctors[0] else {})
    await play.transcript.look()


async def meeting_called(play: Play) -> None:
    """A meeting is planned; a wrong date is refused at its field."""
    stage, lead = play.stage, play.stage.cast.coordinator
    play.chapter("Der indkaldes til møde")
    await play.types(lead, "/klynge møde")
    wrong = await play.sends(
        lead, MEETING | {"answer_day": "2026-05-01"}, "kommer til at sætte svarfristen efter mødet"
    )
    play.expect("svarfrist efter mødet afvises ved feltet", list(wrong.get("errors") or {}), ["answer_day"])
    await play.sends(lead, MEETING, "retter svarfristen og indkalder")
    invited = await play.holders(MeetingAction.MEETING_YES)
    play.expect("indkaldte", sorted(invited), sorted(doctor.name for doctor in stage.cast.doctors))


async def first_answers(play: Play) -> None:
    """Some answer with a button, some with words, one changes her mind."""
    stage, cast = play.stage, play.stage.cast
    await play.presses(cast.coordinator, MeetingAction.MEETING_YES)
    await play.says(cast.writer, "ja, jeg kommer")
    await play.says(cast.decliner, "nej desværre, jeg er på ferie")
    play.transcript.remark(f"{cast.waverer.name} svarer måske, og {len(cast.prompt)} andre siger ja.")
    await stage.press(cast.waverer, MeetingAction.MEETING_MAYBE)
    for doctor in cast.prompt:
        await stage.press(doctor, MeetingAction.MEETING_YES)
    await play.transcript.look()
    await play.presses(cast.waverer, MeetingAction.MEETING_YES)


async def the_silent_are_reminded(play: Play) -> None:
    """Days pass; nobody is written to on holidays, at most three times; then the coordinator hears who is missing."""
    cast = play.stage.cast
    lead, silent = cast.coordinator, sorted(doctor.name for doctor in cast.silent)
    snoozer = silent[0]
    play.chapter("De, der mangler at svare, bliver mindet om det")
    await pass_days(play, until="2026-03-31")
    play.expect("mindet om mødet", sorted(await play.posted("meeting.reminder")), silent)
    await play.presses(snoozer, MeetingAction.MEETING_SNOOZE, option="I morgen")
    await pass_days(play, until="2026-04-01")
    before = await play.posted("meeting.reminder")
    await pass_days(play, until="2026-04-06")
    play.expect("mindet i påsken", await play.posted("meeting.reminder"), before)
    await pass_days(play, until="2026-04-08")
    counts = await play.posted("meeting.reminder")
    play.expect("flest påmindelser til den samme", max(counts.values()) <= POLICY.most + 1, True)
    play.expect("mindet, skønt de har svaret", sorted(set(counts) - set(silent)), [])
    digest = [message for message in await play.stage.seen_by(lead) if silent[0] in message["text"]]
    play.expect("koordinatoren har fået navnene", bool(digest), True)
    play.transcript.remark(f"De sidste svarer i sidste øjeblik; {silent[-1]} ringer til koordinatoren.")
    for name in silent[:-1]:
        await play.stage.press(name, MeetingAction.MEETING_YES)
    await play.transcript.look()
    await play.presses(lead, MeetingAction.MEETING_ANSWER_FOR)
    guest = await play.option(lead, "guest", silent[-1])
    await play.sends(lead, {"guest": guest, "answer": "yes"}, f"svarer ja for {silent[-1]}")


async def pass_days(play: Play, *, until: str) -> None:
    """Let the hours of every day come, up to and with a day: what falls due at noon is sent at noon."""
    day, last = local(play.stage.calendar.now()).date(), date.fromisoformat(until)
    while day < last:
        day += timedelta(days=1)
        for hour in HOURS:
            await play.at(day.isoformat(), hour)
