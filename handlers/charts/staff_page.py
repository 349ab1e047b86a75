"""The page for a practice's own staff meeting: drawn when a member asks, to that member alone."""

from __future__ import annotations

from html import unescape

from cluster.changes import commitments
from cluster.changes.commitments import Held
from cluster.charts import own_rounds
from cluster.charts.room import Kinds
from cluster.disclosure.changes import given_before
from cluster.disclosure.identities import known_of
from cluster.disclosure.sights import Sight, find_sight
from cluster.members import members
from cluster.members.places import is_one_of
from cluster.packages.lookup import package_of
from cluster.rounds import agreements, rounds
from handlers.acting import actor
from handlers.blocks import escape
from handlers.changes.views.words import begins, details, what
from handlers.charts.ids import Action
from handlers.charts.own_charts import draw, release_of
from handlers.charts.views.deck import out_of_date
from handlers.feature import Feature, Kept, Notice, Rendering
from handlers.ids import number
from handlers.message import Attachment, Message
from handlers.rounds.lookups import period_of
from handlers.rounds.views import asks
from handlers.turn import Turn
from locales import Texts
from measures.charts.comparing import pair
from measures.deck.staff_page import StaffPage, StaffPart, staff_page_pdf
from measures.packages.package import text
from storage.models import Agreement
from storage.words import CommitmentState, How

QUESTIONS = 2
"""Of the package's, to talk about."""


async def fetch(turn: Turn) -> None:
    """ "Page for our staff meeting": to the one who asks, and nobody else."""
    async with turn.unit() as uow:
        round_ = await rounds.get(uow, number(turn.value))
        member = await actor(uow, turn, round_.cluster_id)
        await own_rounds.fetch_staff_page(uow, round_, member, key=f"answer:{turn.inbox_id}", now=turn.now)
        await uow.commit()


async def staff_page(r: Rendering) -> Message | None:
    """The page, to one of those who work there."""
    if r.owed.how == How.EDIT:
        return out_of_date(r.t)
    practice_id = int(r.owed.params["practice"])
    member = await members.find(r.state, r.owed.member_id)
    if not is_one_of(member, practice_id):
        return None
    sight = await find_sight(r.state, await release_of(r), practice_id)
    if sight is None:
        return None
    earlier = await given_before(r.state, sight.round, practice_id)
    drawn = draw(sight, r.t, await known_of(r.state, sight.round), earlier)
    if not drawn.shown:
        return None
    package = package_of(sight.round)
    title = asks.title(package, r.t)
    order = {measure.id: measure.role != "main" for measure in package.measures}
    charts = sorted((chart for _, chart in drawn.shown), key=lambda chart: order[chart.measure_id])
    changed = await commitments.after(r.state, sight.round, practice_id)
    agreed = await agreements.of_round(r.state, sight.round.id)
    talk = tuple(text(each, r.t.lang) for each in package.questions[:QUESTIONS])
    missing = to_look_up(sight, r.t)
    page = StaffPage(
        practice=sight.practice.name,
        title=r.t("For the staff meeting: {title}", title=title),
        about=r.t("Numbers from {period}. For your practice only.", period=period_of(sight.round, r.t)),
        charts=tuple(charts),
        parts=(
            StaffPart(r.t("What we change"), _changed(changed, r.t)),
            *([StaffPart(r.t("What the cluster agreed"), _agreed(agreed, r.t))] if agreed is not None else []),
            *([StaffPart(r.t("Look up in your own system"), missing)] if missing else []),
            StaffPart(r.t("Talk about"), talk),
            StaffPart(r.t("Who does it, and from when?"), ()),
        ),
        private=r.t("Only your practice has this page."),
        lang=r.t.lang,
    )
    content = await r.tools.compute(staff_page_pdf, page)
    practice = escape(page.practice)
    said = r.t("Here is a page for *{practice}*'s staff meeting on {title}.", practice=practice, title=title)
    name = r.t("staff-meeting-{package}.pdf", package=package.id)
    return Message(said, attachments=[Attachment(name, content, page.title)])


def _changed(held: Held | None, t: Texts) -> tuple[str, ...]:
    """What the practice said after these numbers; lines to write on where it has said nothing."""
    if held is None:
        return ()
    if held.row.state == CommitmentState.NOTHING:
        return (t("Nothing: we have that in hand."),)
    return unescape(what(held, t)), unescape(details(held, t, begins(held)))


def to_look_up(sight: Sight, t: Texts) -> tuple[str, ...]:
    """How many each measure lacks, to be found in the practice's own system: of those where more is better."""
    found = []
    for measure in package_of(sight.round).measures:
        is_more_better = measure.kind == "proportion" and measure.direction == "higher"
        own = pair(measure, sight.own.numbers) if is_more_better else None
        if own is not None and own[0] < own[1]:
            title, missing = text(measure.title, t.lang), t.number(own[1] - own[0])
            found.append(t("{title}: the {n} of {total} who lack it", title=title, n=missing, total=t.number(own[1])))
    return (*found, t("The list stays with you. Never send it to me.")) if found else ()


def _agreed(agreement: Agreement, t: Texts) -> tuple[str, ...]:
    day = agreement.measure_again_on
    return (agreement.text, *([t("To be measured again on {day}.", day=t.date(day))] if day is not None else []))


feature = Feature(
    actions={Action.PAGE_FETCH: Kept(fetch)},
    notices={Kinds.FEEDBACK_STAFF_PAGE: Notice(staff_page)},
    heavy={Kinds.FEEDBACK_STAFF_PAGE},
)
