"""`/klynge oplysninger`: a member gets everything that is kept about them, as a page to read and as data."""

from __future__ import annotations

import json

from cluster import audit, undoing
from cluster.clock import local
from cluster.members import cluster_rules, members, person_data
from cluster.members.room import Kinds
from cluster.packages.lookup import package_of
from cluster.subjects import MEMBER
from handlers import myself
from handlers.blocks import escape
from handlers.doors import Door, Shelf
from handlers.feature import Command, Feature, HelpLine, Kept, Notice, Rendering, Told
from handlers.members.ids import Action
from handlers.members.views import own_data as views
from handlers.message import Attachment, Message
from handlers.rounds.lookups import period_of
from handlers.submissions.verdicts import questions_in
from handlers.turn import Turn
from locales import N_
from measures.packages.package import text
from storage.models import Member


async def ask(turn: Turn) -> None:
    """Owe the files: they are made when they are sent, and not kept."""
    member = turn.require_member()
    async with turn.unit() as uow:
        audit.note(
            uow,
            "member.exported",
            MEMBER.about(member.id),
            now=turn.now,
            actor_id=member.id,
            cluster_id=member.cluster_id,
        )
        await myself.answer(uow, turn, member, "member.data")
        await uow.commit()


async def render(r: Rendering) -> Message:
    """The files, and what can be done about what stands in them."""
    t, member = r.t, await members.get(r.state, r.number)
    cluster = await cluster_rules.get(r.state, member.cluster_id)
    data = await person_data.data_of(r.state, member)
    said = t(
        "Here is everything I keep about you in {cluster}: a page to read, and the same as a file that a computer can "
        "read. Is something wrong? Correct it on my Home page, or tell your coordinator. To have it deleted, ask "
        "whoever runs me.",
        cluster=escape(cluster.name),
    )
    page = views.document(
        await _in_words(r, member, data), await _names(r, member), cluster.name, r.tools.clock.now(), t
    )
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    files = [
        Attachment(t("my-data.txt"), page, t("What I keep about you")),
        Attachment(t("my-data.json"), content, t("The same for a computer")),
    ]
    return Message(said, attachments=files)


async def _in_words(r: Rendering, member: Member, data: person_data.Data) -> person_data.Data:
    """The same with what was asked about numbers, and what was changed lately, as it was said."""
    told = [each | {"questions": questions_in(each.get("questions") or [], r.t)} for each in data.get("submission", [])]
    changed = [
        {
            "what": await how.named(r.state, each, r.t),
            "was": how.said(each.was, r.t),
            "became": how.said(each.became, r.t),
        }
        for each in await undoing.lately(r.state, [member.id], now=r.tools.clock.now())
        if (how := r.tools.table.undoings[each.what]).named is not None
    ]
    lately = {"undoable": changed} if "undoable" in data else {}
    return data | ({"submission": told} if told else {}) | lately


async def _names(r: Rendering, member: Member) -> views.NamesOnPage:
    t, table = r.t, r.tools.table
    known = await person_data.names_of(r.state, member.cluster_id)
    packages = {round_.id: package_of(round_) for round_ in known.rounds}
    titles = {key: text(each.title, t.lang) for key, each in packages.items()}
    rounds = {each.id: f"{titles[each.id]} ({period_of(each, t)})" for each in known.rounds}
    measures = {
        (key, each.id): text(each.title, t.lang) for key, package in packages.items() for each in package.measures
    }
    return views.NamesOnPage(
        me=member.id,
        my_name=member.name,
        conversation=member.dm_channel_id,
        practices={each.id: each.name for each in known.practices},
        meetings={each.id: f"{each.title} ({t.date(local(each.starts_at).date())})" for each in known.meetings},
        rounds=rounds,
        recalls={
            each.id: f"{measures.get((each.round_id, each.measure_id), each.measure_id)}, {rounds[each.round_id]}"
            for each in known.recalls
        },
        submissions={
            key: t("{round}, version {number}", round=rounds[round_id], number=t.number(number))
            for key, (round_id, number) in known.versions.items()
        },
        log={**table.log, **table.withheld},
        headings=table.about_person.by_place,
        columns=table.about_person.columns,
        messages=table.about_person.messages,
        labels={key: {item.id: text(item.label, t.lang) for item in each.fields} for key, each in packages.items()},
    )


feature = Feature(
    commands=[
        Command(
            ("oplysninger", "mydata"),
            Kept(ask),
            told=Told(
                110,
                coordinator=N_(
                    "everything the bot keeps about the person who asks: a page to read, and the same as data"
                ),
                member=N_(
                    "everything the bot keeps about you, in your own conversation with it: a page to read, and the "
                    "same as data"
                ),
            ),
            help=(HelpLine(90, N_("everything I keep about you, as a file")),),
            door=Door(Action.CLUSTER_OWN_DATA, Shelf.OWN, N_("Send me what you keep about me")),
        )
    ],
    notices={Kinds.MEMBER_DATA: Notice(render)},
    log={
        "member.forgotten": N_("A member's personal data were deleted"),
    },
    withheld={
        "member.exported": N_("{who} got what is kept about them"),
    },
)
