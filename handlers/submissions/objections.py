""" "Mine tal er forkerte": said in a window, told to the coordinators without the numbers."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.members import members, practices
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from cluster.submissions import objections, submissions
from cluster.submissions.room import Kinds
from handlers.acting import actor
from handlers.blocks import escape, section
from handlers.feature import Direct, Feature, Form, Notice, Rendering
from handlers.ids import number
from handlers.message import Message
from handlers.rounds.views import asks
from handlers.submissions.ids import Action, View
from handlers.submissions.views import objections as views
from handlers.turn import Turn
from locales import N_
from storage.models import Round, Submission
from storage.unit_of_work import Reading


async def open_objection(turn: Turn) -> None:
    """ "Mine tal er forkerte"."""
    async with turn.look() as state:
        submission, _ = await _objectable(state, turn, number(turn.value))
        practice = await practices.find(state, submission.practice_id)
    await turn.open(views.objection_form(turn.t, submission.id, practice.name if practice else ""))


async def _objectable(state: Reading, turn: Turn, submission_id: int) -> tuple[Submission, Round]:
    submission, assignment, round_ = await submissions.get(state, submission_id)
    rounds.require_answer(await actor(state, turn, round_.cluster_id), assignment)
    return submission, round_


async def check_objection(turn: Turn) -> dict[str, str] | None:
    """Something must be written."""
    if not str(turn.state.get("text", "")).strip():
        raise ClusterError("objection.empty", field="text")
    return None


async def object_(turn: Turn) -> None:
    """Keep the objection and tell the coordinators."""
    async with turn.unit() as uow:
        submission, round_ = await _objectable(uow, turn, number(turn.metadata.get("submission")))
        member = await actor(uow, turn, round_.cluster_id)
        await objections.raise_one(uow, submission, round_, member, str(turn.state.get("text", "")), now=turn.now)
        await uow.commit()


async def objection(r: Rendering) -> Message | None:
    """To the coordinators: whose numbers are said to be wrong, and why; never the numbers."""
    found = await objections.find(r.state, int(r.owed.params["objection"]))
    if found is None:
        return None
    raised, submission = found
    practice = await practices.find(r.state, submission.practice_id)
    member = await members.find(r.state, raised.member_id)
    said = r.t(
        "{name} from *{practice}* says that their numbers on {title} are wrong:",
        name=escape(member.name if member else "?"),
        practice=escape(practice.name if practice else "?"),
        title=asks.title(package_of(await rounds.get(r.state, r.number)), r.t),
    )
    quoted = "\n".join(f"> {line}" for line in escape(raised.text).splitlines())
    return Message(f"{said}\n{quoted}")


async def noted(r: Rendering) -> Message:
    """To the one who objected."""
    said = r.t("Thank you, your coordinator has been told. Send new numbers here whenever you have them.")
    return Message(said, [section(said), asks.answered_buttons(r.number, r.t)])


feature = Feature(
    actions={Action.SUBMISSION_OBJECT: Direct(open_objection)},
    forms={View.SUBMISSION_OBJECT: Form(object_, check_objection)},
    notices={Kinds.OBJECTION_RAISED: Notice(objection), Kinds.OBJECTION_NOTED: Notice(noted)},
    errors={"objection.empty": N_("Write what is wrong.")},
    log={
        "objection.raised": N_("{who} reported that the numbers of {subject} are wrong"),
    },
)
