"""`/klynge pakker`: what can be measured; and a package of the cluster's own, sent as a TOML file."""

from __future__ import annotations

from cluster.members import cluster_rules, members
from cluster.packages import catalogue, own_packages
from cluster.packages.lookup import chosen
from cluster.packages.room import Kinds
from cluster.rounds import followups
from cluster.subjects import PACKAGE
from cluster.submissions.submissions import VerdictPlace
from handlers.acting import leader
from handlers.blocks import MENU, Option, escape
from handlers.doors import Door, Shelf
from handlers.feature import Command, Direct, Feature, HelpLine, Kept, Notice, Rendering, Told
from handlers.ids import number
from handlers.message import Attachment, Message
from handlers.packages.ids import Action
from handlers.packages.material import find
from handlers.packages.views import packages as views
from handlers.saying import PRIVATELY, say
from handlers.submissions import patients
from handlers.submissions.readings import Sent
from handlers.turn import Turn
from locales import N_
from measures.packages.faults import Fault, describe_fault
from measures.packages.package import text
from measures.packages.written import PackageRead, read_own, source_of
from measures.reading.problems import Level, Problem

MOST_FAULTS = 20


def is_package(name: str) -> bool:
    """Whether a file with this name is meant as a package."""
    return name.casefold().endswith(".toml")


async def receive(turn: Turn, sent: Sent, place: VerdictPlace) -> None:
    """A package file: kept when it is in order, else told what is wrong, line by line."""
    turn.require_coordinator()
    found: PackageRead = await turn.tools.compute(read_own, sent.data)
    if found.personal:
        await patients.refuse_file(turn, [Problem("cpr", Level.BLOCK)], place)
        return
    async with turn.unit() as uow:
        member = await leader(uow, turn, turn.require_cluster().id)
        if found.package is None:
            told = [{"code": each.code, "line": each.line, "params": dict(each.params)} for each in found.faults]
            await say(uow, turn, "package.refused", place, faults=told[:MOST_FAULTS], count=len(told))
        else:
            saved = await own_packages.save(uow, found.package, found.text, member=member, now=turn.now)
            await say(uow, turn, "package.saved", place, member_id=member.id, subject=PACKAGE.about(saved.id))
        await uow.commit()


async def refused(r: Rendering) -> Message:
    """What is wrong with a package file."""
    faults = [Fault(each["code"], (), each["params"], each["line"]) for each in r.owed.params["faults"]]
    said = r.t.n(
        "The package has {n} mistake, and nothing was saved. Correct it and send the file again:",
        "The package has {n} mistakes, and nothing was saved. Correct them and send the file again:",
        int(r.owed.params["count"]),
    )
    lines = [escape(describe_fault(fault, r.t)) for fault in faults]
    if (rest := int(r.owed.params["count"]) - len(faults)) > 0:
        lines.append(r.t.n("… and {n} more", "… and {n} more", rest))
    return Message("\n".join([said, *lines]))


async def saved(r: Rendering) -> Message | None:
    """A package of the cluster's own is in place."""
    own = await own_packages.get(r.state, r.number)
    package = chosen(own.package_id, own.text)
    facts = {
        "title": escape(text(package.title, r.t.lang)),
        "version": escape(own.version),
        "cluster": escape((await cluster_rules.get(r.state, own.cluster_id)).name),
    }
    said = r.t(
        "*{title}* (version {version}) is now one of {cluster}'s own packages. Use it in `/klynge data`; rounds that "
        "have begun are not changed.",
        **facts,
    )
    if not package.asks:
        said = r.t(
            "*{title}* (version {version}) is now one of {cluster}'s own packages. Press *See it* to take it up at a "
            "meeting.",
            **facts,
        )
    return Message(said, views.saved(said, own.id, package, r.t))


async def show_list(turn: Turn) -> None:
    """Everything that the cluster can measure, or what fits the words after the command; of a cluster that has shown
    no charts yet, what is least sensitive first."""
    turn.require_member()
    cluster, typed = turn.require_cluster(), turn.words.strip()
    async with turn.look() as state:
        offers = await own_packages.for_meetings(state, cluster.id)
        is_new = await followups.newest_shown(state, cluster.id) is None
    found = catalogue.search(catalogue.mild_first(offers) if is_new else offers, typed)
    await turn.open(views.package_list(found, turn.t, typed=typed, is_new=is_new))


async def suggest_packages(turn: Turn) -> list[Option]:
    """What fits the words that are typed in the window, whatever of a package they stand in."""
    turn.require_member()
    async with turn.look() as state:
        offers = await own_packages.for_meetings(state, turn.require_cluster().id)
    found = catalogue.search(offers, turn.words)
    return [(str(each.own_id or each.package.id), text(each.package.title, turn.t.lang)) for each in found[:MENU]]


async def show_topics(turn: Turn) -> None:
    """The shipped packages without numbers."""
    turn.require_member()
    async with turn.look() as state:
        offers = await own_packages.for_meetings(state, turn.require_cluster().id)
    await turn.show(views.topic_list(offers, turn.t))


async def show(turn: Turn) -> None:
    """One package, on top of the list or from a message. Its value is a name, or the number of an own one."""
    cluster = turn.require_cluster()
    async with turn.look() as state:
        offer = await find(state, turn.value, cluster.id)
        offers = await own_packages.for_meetings(state, cluster.id)
    leads = turn.require_member().role in members.LEADERS
    page = views.page(offer, catalogue.companions(offer.package, offers), turn.t, leads=leads)
    if turn.body.get("view"):
        await turn.tools.slack.views_push(trigger_id=turn.trigger_id, view=page)
    else:
        await turn.open(page)


async def retire(turn: Turn) -> None:
    """Offer a package of the cluster's own no longer."""
    async with turn.unit() as uow:
        own = await own_packages.get(uow, number(turn.value))
        member = await leader(uow, turn, own.cluster_id)
        await own_packages.retire(uow, own, member=member, now=turn.now)
        await say(uow, turn, "package.retired", PRIVATELY, member_id=member.id, subject=PACKAGE.about(own.id))
        await uow.commit()


async def retired(r: Rendering) -> Message:
    """What taking a package out came to."""
    own = await own_packages.get(r.state, r.number)
    name = escape(text(chosen(own.package_id, own.text).title, r.t.lang))
    return Message(r.t("*{title}* has been taken out. Rounds that have begun with it go on.", title=name))


async def send_file(turn: Turn) -> None:
    """The package as a file, to make one's own from."""
    cluster = turn.require_cluster()
    async with turn.unit() as uow:
        offer = await find(uow, turn.value, cluster.id)
        about = str(offer.own_id) if offer.own_id else offer.package.id
        await say(uow, turn, "package.file", PRIVATELY, package=about)
        await uow.commit()


async def file(r: Rendering) -> Message:
    """The file itself, and what to do with it."""
    about = str(r.owed.params["package"])
    source = (await own_packages.get(r.state, int(about))).text if about.isdecimal() else source_of(about)
    name = f"{chosen('', source).id}.toml" if about.isdecimal() else f"{about}.toml"
    said = r.t(
        "Here is the package as a file. Open it in a text editor, give it an *id* and a *title* of its own, change "
        "what you like, and send it back to me here. I check every line before it is used.\n"
        "Text goes in straight quotation marks, in Danish and in English, dates are written as 2026-11-01, and a "
        "reference line of 70% is 0.7. Every line belongs to the heading in brackets above it, so what belongs to the "
        "whole package comes first."
    )
    return Message(said, [], [Attachment(name, source.encode(), r.t("Package: {name}", name=name))])


feature = Feature(
    commands=[
        Command(
            ("pakker", "packages"),
            Direct(show_list),
            told=Told(
                30,
                readme=N_("choose what you want to measure"),
                coordinator=N_(
                    "everything that can be measured; coordinator: get a package as a file, take your own out of use"
                ),
                member=N_("everything that can be measured, and what each package asks for"),
            ),
            help=(HelpLine(70, N_("what a cluster can measure; with a word after it, what is about that")),),
            door=Door(Action.CLUSTER_PACKAGES, Shelf.NUMBERS, N_("What can be measured?")),
        )
    ],
    actions={
        Action.PACKAGE_FILE: Kept(send_file),
        Action.PACKAGE_FIND: Direct(show),
        Action.PACKAGE_RETIRE: Kept(retire),
        Action.PACKAGE_SHOW: Direct(show),
        Action.PACKAGE_TOPICS: Direct(show_topics),
    },
    suggestions={Action.PACKAGE_FIND: suggest_packages},
    notices={
        Kinds.PACKAGE_REFUSED: Notice(refused),
        Kinds.PACKAGE_SAVED: Notice(saved),
        Kinds.PACKAGE_RETIRED: Notice(retired),
        Kinds.PACKAGE_FILE: Notice(file),
    },
    errors={
        "package.id_taken": N_("The id “{id}” belongs to a package that comes with me. Give yours another id."),
        "package.retired_already": N_("That package has already been taken out."),
        "package.same_version": N_(
            "You already have a version {version} of that package, with different contents. Raise “version” in the "
            "file and send it again."
        ),
        "package.saved_already": N_("I already have exactly that package, so nothing has changed."),
        "package.too_many": N_("The cluster already has {most} packages of its own. Take one out first."),
        "package.unknown": N_("I can't find that package any more."),
    },
    heavy={"package.file"},
    log={
        "package.retired": N_("{who} took out a package of the cluster's own"),
        "package.saved": N_("{who} saved a package of the cluster's own"),
    },
)
