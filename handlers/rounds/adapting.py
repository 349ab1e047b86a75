"""Adapting a package for one round, in the form that asks for numbers: fewer measures, other questions."""

from __future__ import annotations

from dataclasses import replace

from cluster.errors import ClusterError
from cluster.packages import own_packages
from cluster.rounds.planning import Plan
from handlers.turn import Turn
from locales import N_
from measures.packages.package import Package, text
from measures.packages.written import adapted, lacking, written
from storage.unit_of_work import Reading

LONGEST_QUESTION = 300
MOST_QUESTIONS = 8


async def packaged(state: Reading, turn: Turn, cluster_id: int, plan: Plan) -> Plan:
    """The plan with the package it asks with: a shipped one, the cluster's own, or either adapted for this round."""
    if plan.follows_id is not None:
        return plan
    adapting = str(turn.metadata.get("package") or "")
    offer = await own_packages.offer(state, cluster_id, adapting or plan.package_id)
    if not adapting:
        return replace(plan, package_text=offer.text)
    package = _adapted(turn, offer.package)
    same = package == offer.package
    return replace(plan, package_id=adapting, package_text=offer.text if same else written(package))


def filled_of(offered: Package, adapted_: Package, lang: str) -> dict[str, object]:
    """What the form that adapts a package is filled in with, where it was adapted before."""
    kept = {measure.id: measure for measure in adapted_.measures}
    lines = [
        f"{measure.id}:{place}"
        for measure in offered.measures
        for place, line in enumerate(measure.references)
        if measure.id in kept and line in kept[measure.id].references
    ]
    questions = "\n".join(text(each, lang) for each in adapted_.questions)
    return {"measures": list(kept), "references": lines, "questions": questions}


def _adapted(turn: Turn, package: Package) -> Package:
    lang = turn.t.lang
    measures = list(turn.state.get("measures") or [])
    if not measures:
        raise ClusterError("round.no_measures", field="measures")
    if found := lacking(package, measures):
        names = [text(package.measure(each).title, lang) for each in found]
        raise ClusterError("round.measure_lacks", field="measures", measure=names[0], other=names[1])
    questions = [line.strip(" •-\t") for line in str(turn.state.get("questions") or "").splitlines()]
    questions = [each for each in questions if each]
    if len(questions) > MOST_QUESTIONS or any(len(each) > LONGEST_QUESTION for each in questions):
        raise ClusterError("round.questions_long", field="questions", most=MOST_QUESTIONS, longest=LONGEST_QUESTION)
    return adapted(package, measures, list(turn.state.get("references") or []), questions, lang)


ERRORS = {
    "round.no_measures": N_("Choose at least one measure."),
    "round.measure_lacks": N_("“{measure}” can't be used without “{other}”. Choose both, or neither."),
    "round.questions_long": N_("At most {most} questions of {longest} characters, each on a line of its own."),
}
