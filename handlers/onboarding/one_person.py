"""*Add a person* and *Edit a person or end a membership* in the list of members: forms instead of a file."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.members import cluster_rules, members, places, practices, titles
from cluster.onboarding import departing, one_person, passing_on
from cluster.onboarding.one_person import Mended, Newcomer
from cluster.onboarding.room import Kinds
from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.errors import sentence
from handlers.feature import Direct, Feature, Form, Notice, Rendering
from handlers.ids import number
from handlers.meetings.lookups import calendar_for
from handlers.members.views.members import people_choices
from handlers.message import Message
from handlers.onboarding.ids import Action, View
from handlers.onboarding.views import one_person as views
from handlers.people import fetch_everyone, fetch_person
from handlers.rounds.views.asks import title
from handlers.saying import answer_leader
from handlers.turn import Turn
from handlers.undoing import Undoing
from locales import N_
from storage.models import Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Role

ERRORS = {
    "person.name_missing": N_("Write the person's name."),
    "person.email_wrong": N_("Write the person's work address, such as anna@example.dk."),
    "person.there_already": N_("{name} is already on the list with this address."),
    "person.was_there": N_(
        "{name} has this address and is no longer a member. Give {name} a role again under Edit beside the practice."
    ),
    "person.two_practices": N_("Choose a practice above or write a new ydernummer here, not both."),
    "person.not_pickable": N_(
        "This account can't be found by an e-mail address: it is a bot, closed, of another organisation, or has none."
    ),
    "person.ydernummer_wrong": N_("A ydernummer has up to six digits."),
}


async def show(turn: Turn) -> None:
    """The list turns into the form for a new person."""
    turn.require_coordinator()
    cluster = turn.require_cluster()
    async with turn.look() as state:
        view = views.person_form(cluster.id, await practices.of_cluster(state, cluster.id), turn.t)
    await turn.show(view)


async def check(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept; Slack is asked who they are afterwards."""
    actor, cluster = turn.require_coordinator(), turn.require_cluster()
    async with turn.tools.unit(None) as uow:
        try:
            await one_person.add(uow, cluster.id, _said(turn), [], now=turn.now, actor_id=actor.id)
        except ClusterError as error:
            return _told(error, turn)
    return None


async def save(turn: Turn) -> None:
    """Keep the person, welcome them, and say so."""
    actor, cluster = turn.require_coordinator(), turn.require_cluster()
    people = await fetch_everyone(turn.tools.slack, turn.tools.home)
    async with turn.unit() as uow:
        await one_person.add(uow, cluster.id, _said(turn), people, now=turn.now, actor_id=actor.id)
        await _say_saved(uow, turn, actor, changed=True)
        await uow.commit()


async def suggest(turn: Turn) -> list[b.Option]:
    """People of the cluster whose names fit what is typed."""
    turn.require_coordinator()
    async with turn.look() as state:
        return b.suggested(people_choices(await members.of_cluster(state, turn.require_cluster().id)), turn.words)


async def show_one(turn: Turn) -> None:
    """The list turns into the form for one person."""
    turn.require_coordinator()
    async with turn.look() as state:
        member = await _one(state, turn, turn.value)
        view = views.mend_form(member, await _practice(state, member), turn.t)
    await turn.show(view)


async def check_mend(turn: Turn) -> dict[str, str] | None:
    """Try it in a unit of work that is never kept; Slack is asked who they are afterwards, or who was picked before."""
    actor = turn.require_coordinator()
    try:
        said = await _mended(turn)
    except ClusterError as error:
        return _told(error, turn)
    async with turn.tools.unit(None) as uow:
        member = await _one(uow, turn, turn.metadata.get("in"))
        try:
            await one_person.mend(uow, member, said, [], now=turn.now, actor_id=actor.id)
        except ClusterError as error:
            return _told(error, turn)
    return None


def _told(error: ClusterError, turn: Turn) -> dict[str, str]:
    return {str(error.field or "name"): sentence(error.code, error.params, turn.t, ERRORS)}


async def mend(turn: Turn) -> None:
    """Keep what was put right, tell the person, and say so."""
    actor = turn.require_coordinator()
    async with turn.look() as state:
        is_sought = (await _one(state, turn, turn.metadata.get("in"))).slack_user_id is None
    people = await fetch_everyone(turn.tools.slack, turn.tools.home) if is_sought else []
    said = await _mended(turn)
    async with turn.unit() as uow:
        member = await _one(uow, turn, turn.metadata.get("in"))
        new = await one_person.mend(uow, member, said, people, now=turn.now, actor_id=actor.id)
        asks = "title" in new and await titles.is_open(uow, member)
        await _say_saved(uow, turn, actor, changed=bool(new), asks=member.id if asks else None)
        await uow.commit()


async def ask_end(turn: Turn) -> None:
    """What happens when the person is ended, before anything does."""
    turn.require_coordinator()
    async with turn.look() as state:
        member = await _one(state, turn, turn.value)
        view = views.end_form(member, await _ending(state, member, turn), turn.t)
    await turn.show(view)


async def end(turn: Turn) -> None:
    """The coordinator has read it and said yes."""
    actor = turn.require_coordinator()
    async with turn.unit() as uow:
        member = await _one(uow, turn, turn.metadata.get("in"), also_left=True)
        changed = await one_person.change_role(uow, member, members.LEFT, now=turn.now, actor_id=actor.id)
        await _say_saved(uow, turn, actor, changed=changed)
        await uow.commit()


async def _say_saved(uow: UnitOfWork, turn: Turn, actor: Member, *, changed: bool, asks: int | None = None) -> None:
    await answer_leader(uow, turn, actor, "practice.saved", changed=changed, member=asks)


async def _one(state: Reading, turn: Turn, written: object, *, also_left: bool = False) -> Member:
    """Somebody of the cluster that the coordinator acts in."""
    member = await members.get(state, number(written))
    if member.cluster_id != turn.require_cluster().id or not (member.active or also_left):
        raise ClusterError("person.unknown")
    return member


async def _practice(state: Reading, member: Member) -> str:
    return (await practices.get(state, member.practice_id)).name if member.practice_id is not None else ""


async def _ending(state: Reading, member: Member, turn: Turn) -> views.Ending:
    practice = await practices.get(state, member.practice_id) if member.practice_id is not None else None
    others = await members.coordinators(state, member.cluster_id)
    here = await places.confirmed(state, practice.id, but=member.id) if practice is not None else []
    asked = await passing_on.asked_of(state, member)
    heirs = [await passing_on.heir(state, member, part.practice_id) for part, _ in asked]
    return views.Ending(
        meetings=[each.title for each, _ in await meetings.upcoming(state, member, turn.now)],
        contact_of=practice.name if practice is not None and practice.contact_id == member.id else "",
        alone_in=practice.name if practice is not None and member.confirmed_at is not None and not here else "",
        asked_for=[
            (title(package_of(round_), turn.t), heir.name if heir is not None else "")
            for (_, round_), heir in zip(asked, heirs, strict=True)
        ],
        is_last=member.role == Role.COORDINATOR and not [each for each in others if each.id != member.id],
    )


async def render_ended(r: Rendering) -> Message | None:
    """To whoever has left: that it is so, and the files that take coming meetings out of the calendar."""
    t, member = r.t, await members.get(r.state, r.number)
    cluster = await cluster_rules.get(r.state, member.cluster_id)
    by = r.owed.params["by"]
    names = {"cluster": b.escape(cluster.name)}
    if by is None or by == member.id:
        text = t("You are no longer a member of {cluster}, and I will no longer write to you about it.", **names)
    else:
        names["name"] = b.escape((await members.get(r.state, int(by))).name)
        text = t(
            "{name} has ended your membership of {cluster}, and I will no longer write to you about it. If that is a "
            "mistake, ask {name} to add you again.",
            **names,
        )
    found = await departing.entries_of(r.state, member, r.owed.params["meetings"])
    files = [await calendar_for(r, meeting, part) for meeting, part in found]
    if files:
        text += " " + t.n(
            "The file takes the coming meeting out of your calendar: open it if the meeting is there.",
            "The files take the coming meetings out of your calendar: open each one whose meeting is there.",
            len(files),
        )
    text += " " + t("You can get a copy of what is kept about you, or have it deleted: ask whoever runs me.")
    return Message(text, attachments=files)


async def render_mended(r: Rendering) -> Message:
    """To a member: what the coordinator has put right about them, as it stands now."""
    t, member = r.t, await members.get(r.state, r.number)
    by = await members.get(r.state, int(r.owed.params["by"]))
    values = {
        "name": (t("name"), member.name),
        "email": (t("e-mail"), member.email),
        "title": (t("title"), member.title),
    }
    said = [values[field] for field in r.owed.params["fields"]]
    lines = [f"• {label}: {b.escape(value or t('none'))}" for label, value in said]
    head = t("{name} has corrected what the list of members says about you:", name=b.escape(by.name))
    tail = t("Is it wrong? Tell {name}.", name=b.escape(by.name))
    text = "\n".join([head, *lines, tail])
    blocks = [b.section(text)]
    if "title" in r.owed.params["fields"] and await titles.is_open(r.state, member):
        blocks.append(b.actions(b.button(t("Say what your position is"), Action.MEMBER_WELCOME, member.id)))
    return Message(text, blocks)


async def _mended(turn: Turn) -> Mended:
    """As it was written; the address of whoever was picked in Slack counts before a written one."""
    said = {name: str(value or "") for name, value in turn.state.items()}
    email, picked = said.get("email", ""), said.get(views.ACCOUNT, "")
    if picked:
        person = await fetch_person(turn.tools.slack, turn.tools.home, picked)
        if person is None or person.outsider or person.gone or not person.email:
            raise ClusterError("person.not_pickable", field=views.ACCOUNT)
        email = person.email
    return Mended(said.get("name", ""), email, said.get("title", ""))


def _said(turn: Turn) -> Newcomer:
    said = {name: str(value or "") for name, value in turn.state.items()}
    chosen = said.get("practice", "")
    return Newcomer(
        name=said.get("name", ""),
        email=said.get("email", ""),
        role=said.get("role") or "member",
        title=said.get("title", ""),
        practice_id=number(chosen) if chosen else None,
        ydernummer=said.get("ydernummer", ""),
        practice=said.get("practice_name", ""),
    )


feature = Feature(
    actions={
        Action.CLUSTER_ADD_PERSON: Direct(show),
        Action.MEMBER_EDIT: Direct(show_one),
        Action.MEMBER_END: Direct(ask_end),
    },
    forms={
        View.MEMBER_FORM: Form(save, check),
        View.MEMBER_EDIT: Form(mend, check_mend),
        View.MEMBER_END: Form(end),
    },
    suggestions={Action.MEMBER_EDIT: suggest},
    notices={Kinds.MEMBER_ENDED: Notice(render_ended), Kinds.MEMBER_MENDED: Notice(render_mended)},
    errors=ERRORS,
    undoings={
        "member.role": Undoing(
            why_not=N_(
                "Somebody's role has an effect at once, and others may have been told. Choose it anew in the list."
            )
        ),
    },
    log={
        "member.added": N_("{who} added a person to the list of members"),
        "member.mended": N_("{who} corrected what the list of members says about {subject}"),
        "member.role": N_("{who} changed the role of {subject}"),
    },
)
