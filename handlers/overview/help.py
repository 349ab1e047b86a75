"""What can be done here, in the reader's language and role; also the answer to words that nobody understood."""

from __future__ import annotations

from cluster.meetings import invitations, meetings
from cluster.members import members
from cluster.overview.room import Kinds
from cluster.submissions.submissions import VerdictPlace
from handlers import blocks as b
from handlers.acting import message_thread
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, FeatureTable, Notice, Rendering, Told
from handlers.intents import Intent, Sense, intent_of
from handlers.meetings.views.words import answer_word, counts, titled
from handlers.message import Message
from handlers.overview.ids import Action
from handlers.saying import answer
from handlers.turn import Turn
from locales import N_, Texts
from storage.models import Member

KNOWN = {"", "hjælp", "help"}
NOT_UNDERSTOOD = N_(
    "I am afraid I did not understand that, so I have not noted anything. You can answer an invitation with *yes* or "
    "*no*, write numbers such as *COPD 130, spirometry 96*, or write `/klynge status` to see how things stand."
)


def usage_hint(table: FeatureTable) -> str:
    """What Slack shows while ``/klynge`` is typed."""
    shown = [(one.told.hint, one.names[0]) for one in table.said if one.told is not None and one.told.hint]
    return " | ".join(name for _, name in sorted(shown))


async def show(turn: Turn) -> Message:
    """The help, as the answer to a command; other words are named, so that a slip of the finger is seen."""
    text = explain(turn.member, turn.tools.table, turn.t)
    written = str(turn.body.get("text") or "").strip()
    if written.casefold() in KNOWN:
        return Message(text)
    unknown = turn.t("I don't know “{words}”.", words=b.escape(written[:40]))
    return Message(f"{unknown}\n\n{text}")


async def receive(turn: Turn) -> None:
    """Words in the direct messages that mean nothing to us: a kind answer with what can be done."""
    async with turn.unit() as uow:
        await answer(
            uow,
            turn,
            "help.answer",
            member_id=turn.member.id if turn.member else None,
            place=VerdictPlace(turn.channel_id, message_thread(turn)),
            cluster_id=turn.cluster.id if turn.cluster else None,
            topic=intent_of(turn.words, turn.tools.table.intents),
        )
        await uow.commit()


async def render(r: Rendering) -> Message:
    """The answer to a call for help, or to words that are no answer: short, and nothing was noted."""
    member = await members.get(r.state, r.owed.member_id) if r.owed.member_id else None
    topic = str(r.owed.params.get("topic") or "unknown")
    if topic == "asked" or member is None:
        said = explain(member, r.tools.table, r.t)
        return Message(
            said if topic in {"asked", "hello"} else r.t("I am afraid I did not understand that.") + "\n\n" + said
        )
    if topic == "thanks":
        return Message(_short(topic, r))
    if topic in {"meeting", "move", "who"} and (coming := await _coming(r, member, counted=topic == "who")):
        return Message(f"{coming}\n{_after(topic, member, r.t)}".strip())
    more = r.t("Write *help* to see everything I can do.")
    return Message(f"{_short(topic, r)}\n{more}")


def _short(topic: str, r: Rendering) -> str:
    intent = r.tools.table.intents.get(topic)
    return r.t(intent.answer if intent and intent.answer else NOT_UNDERSTOOD)


def _after(topic: str, member: Member, t: Texts) -> str:
    """What can be done about the meetings that were named, by this reader."""
    leads = member.role in members.LEADERS
    if topic == "move":
        moving = t("Move it with *Change*, or call it off with *Cancel the meeting*, on the meeting's card.")
        return moving if leads else t("The coordinator moves and cancels meetings.")
    if topic == "who":
        names = t("*See who* on the meeting's card shows the names, and `/klynge status` who has not sent numbers.")
        return names if leads else t("`/klynge status` shows how many practices have sent numbers.")
    return ""


async def _coming(r: Rendering, member: Member, *, counted: bool = False) -> str:
    coming = await meetings.upcoming(r.state, member, r.tools.clock.now())
    lines = []
    for meeting, invitation in coming[:3]:
        said = answer_word(invitation.answer, r.t) if invitation.answer else r.t("you have not answered")
        if counted:
            said = counts((await invitations.guests(r.state, meeting.id)).tally, r.t)
        place = f", {b.escape(meeting.place)}" if meeting.place else ""
        lines.append(f"• {titled(meeting, r.t)}{place} – {said}")
    return (
        "\n".join([r.t("I have not noted that as an answer. These meetings are coming up:"), *lines]) if lines else ""
    )


def explain(member: Member | None, table: FeatureTable, t: Texts) -> str:
    """What this reader can do."""
    if member is None:
        return t(
            "I am Klyngebot, and I help kvalitetsklynger with meetings and data. I don't know you yet: ask the "
            "coordinator of your cluster to put you on the list of members. Do you coordinate a cluster yourself? "
            "Invite me to its channel with /invite @Klyngebot."
        )
    lines = [t("This is what you can do:"), *_lines(table, t, leads=False)]
    if member.role in members.LEADERS:
        lines += ["", t("And as coordinator:"), *_lines(table, t, leads=True)]
    return "\n".join(lines)


def _lines(table: FeatureTable, t: Texts, *, leads: bool) -> list[str]:
    """What every feature says can be done, in the order of the places."""
    said = [(line, "") for line in table.hints]
    said += [(line, f"`/klynge {command.names[0]}`: ") for command in table.said for line in command.help]
    chosen = sorted((line.place, f"• {name}{t(line.what)}") for line, name in said if line.leads is leads)
    return [line for _, line in chosen]


feature = Feature(
    commands=[
        Command(
            ("hjælp", "help", ""),
            Direct(show),
            told=Told(0, coordinator=N_("what you can do"), member=N_("help"), hint=100),
            door=Door(Action.CLUSTER_HELP, Shelf.OWN, N_("What can you do?")),
        )
    ],
    notices={Kinds.HELP_ANSWER: Notice(render)},
    intents={
        "asked": Intent(
            (Sense(10, "hjælp help", phrases=("hvad kan du", "hvad kan jeg", "what can")),),
            ("Hjælp!", "What can you do?"),
        ),
        "thanks": Intent(
            (
                Sense(
                    20,
                    "tak thanks thank tusind mange ok okay super fint godt tip top perfekt great fine 👍",
                    only="for det the din jeres you hjælpen svaret svar",
                ),
            ),
            ("Tusind tak!", "Thank you"),
            N_("You are welcome!"),
        ),
        "hello": Intent(
            (Sense(30, "hej hejsa hello hi godmorgen goddag dav mojn alle der klyngebot", only=""),),
            ("Hej", "Hello"),
            N_(
                "Hello! You can answer an invitation with *yes* or *no*, send your practice's numbers, and write "
                "`/klynge status` to see how things stand."
            ),
        ),
        "stop": Intent(
            (Sense(80, "stop stopp afmeld frameld unsubscribe", only="mig me please venligst tak nu"),),
            ("Afmeld mig", "Stop"),
            N_(
                "Nothing has been changed. Once you have answered, I will not remind you again, and you can enter your "
                "holidays on my Home page. To leave the cluster, tell your coordinator."
            ),
        ),
        "remind": Intent(
            (Sense(90, "påmindelse påmindelser påmind mind minde remind reminder reminders"),),
            ("Mind mig om det i morgen", "Remind me tomorrow"),
            N_(
                "I have not noted that. Choose *Remind me later* under the invitation or the request for numbers, and "
                "I will come back on the day you choose."
            ),
        ),
    },
)
