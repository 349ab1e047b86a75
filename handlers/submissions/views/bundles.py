"""A file for all practices as its sender sees it: which practices it holds, never a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cluster.submissions.bundles import BundleRow, Gathered, Sorted
from handlers.blocks import actions, button, context, escape, section
from handlers.message import Block
from handlers.submissions.ids import Action
from handlers.submissions.views.submissions import which_place
from locales import N_, Texts
from measures.checking.sentences import place
from measures.reading.headers import normal
from measures.reading.problems import Problem, Where, repair_of

REASONS = {
    "write_whole_numbers": N_("something there is not a whole number"),
    "suppressed": N_("a number is hidden"),
    "keep_one": N_("the practice or a number appears there more than once"),
    "fill_in": N_("there are too few numbers"),
    "fetch_the_period": N_("the numbers are from a different period"),
    "owner_clash": N_("the number and the name do not belong to the same practice"),
    "part_larger_than_whole": N_("the numbers don't fit together"),
    "parts_exceed_whole": N_("the numbers don't fit together"),
}
"""By repair: why a practice's row can't be used, without what stands in it."""
OTHERWISE = N_("the row can't be used as it is")
NONE_OF_THEM = "x.0"
"""Among the answers of buttons: the sender chose none of the places, and leaves those practices out."""
SHOWN = 15
NAMES_ASKED = 30
"""A message of Slack has room for that many questions; more names are not used."""


@dataclass(frozen=True)
class Seen:
    """Everything that the preview shows."""

    collected_id: int
    title: str
    period: str
    sorted: Sorted
    gathered: Gathered
    names: Mapping[int, str]
    """Practice → name."""
    asked: Sequence[str]
    told: Sequence[str] = ()


def preview(seen: Seen, t: Texts) -> list[Block]:
    """What would be saved, with the buttons to do it or not."""
    headline, *more = _sorted(seen, t)
    blocks = [section(f"*{headline}*"), section("\n".join(more)[:3000])] if more else [section(f"*{headline}*")]
    blocks += [section(f"❓ {escape(question)}") for question in seen.asked[:5]]
    blocks += [context(f"ℹ️ {escape(told)}") for told in seen.told[:5]]
    for place_, said in _alike(seen, t):
        wrong = button(t("No, another practice"), Action.BUNDLE_OTHER, f"{seen.collected_id}:{place_}")
        blocks.append(section(f"❓ {said}", wrong))
    blocks.append(context(_unseen(seen, t)))
    return [*blocks, actions(*_ways(seen, t))]


def lines(seen: Seen, t: Texts) -> list[str]:
    """The same as lines of text."""
    told = [*_sorted(seen, t), *map(escape, (*seen.asked, *seen.told))]
    return [*told, *(said for _, said in _alike(seen, t)), _unseen(seen, t)]


def which_of_all(problem: Problem, t: Texts) -> str:
    """The question that goes with several places for all practices' numbers."""
    if problem.code == "rows_apart":
        params = {key: escape(str(problem.params[key])) for key in ("column", "heading")}
        return t(
            "There are several rows for a practice, told apart by column {column} “{heading}”. Which are the numbers I "
            "am asking for?",
            **params,
        )
    return which_place(problem.code, problem.params, t)


def _unseen(seen: Seen, t: Texts) -> str:
    said = t("You are not shown the numbers here. Each practice sees its own, and can correct or withdraw them.")
    if seen.asked or _alike(seen, t):
        said += " " + t("When you save, you also say yes to the questions above.")
    return said


def _ways(seen: Seen, t: Texts) -> list[dict[str, Any]]:
    ways = [button(t("Discard it"), Action.BUNDLE_DROP, seen.collected_id)]
    if count := len(seen.sorted.ready):
        save = t.n("Save for {n} practice", "Save for the {n} practices", count)
        ways.insert(0, button(save, Action.BUNDLE_SAVE, seen.collected_id, style="primary"))
    return ways


def _sorted(seen: Seen, t: Texts) -> list[str]:
    found, total = seen.sorted, _total(seen.sorted)
    said = [
        t(
            "The file has numbers on {title} for {found} of the {total} practices that were asked ({period}). "
            "Nothing is saved yet.",
            title=escape(seen.title),
            found=total - len(found.absent),
            total=total,
            period=seen.period,
        )
    ]
    groups = [
        ([row.practice_id for row in found.ready], N_("✅ Ready: {names}")),
        (found.own, N_("Have answered themselves, and keep their own numbers: {names}")),
        (found.same, N_("Have these numbers already: {names}")),
        (found.unwilling, N_("No consent, so none of their numbers are kept: {names}")),
        (found.absent, N_("Not in the file: {names}")),
    ]
    said += ["• " + t(words, names=_listed(ids, seen, t)) for ids, words in groups if ids]
    said += [f"• {_fault(row, seen, t)}" for row in found.faulty[:SHOWN]]
    if seen.gathered.strangers:
        row = t.n(
            "{n} row belongs to others. It was not kept.",
            "{n} rows belong to others. They were not kept.",
            seen.gathered.strangers,
        )
        said.append(f"• {row}")
    return said


def _total(found: Sorted) -> int:
    return (
        len(found.ready)
        + len(found.faulty)
        + len(found.own)
        + len(found.same)
        + len(found.unwilling)
        + len(found.absent)
    )


def _listed(ids: Sequence[int], seen: Seen, t: Texts) -> str:
    names = [escape(seen.names.get(each, "?")) for each in ids[:SHOWN]]
    return t.listing(names) + ("…" if len(ids) > SHOWN else "")


def _fault(row: BundleRow, seen: Seen, t: Texts) -> str:
    first = row.problems[0]
    where = place(Where(*first["where"]), t) if first["where"] else ""
    why = t(REASONS.get(repair_of(str(first["code"])), OTHERWISE))
    if columns := first["params"].get("columns"):
        why = t("a number appears in several columns: {columns}", columns=escape(columns))
    if first["code"] == "rows_apart":
        params = {key: escape(str(value)) for key, value in first["params"].items()}
        why = t("several rows, told apart by column {column} “{heading}”", **params)
        why += f": {params['values']}" if params["values"] else ""
    name = escape(seen.names.get(row.practice_id, "?"))
    said = t("Can't be used: {name}, {why}.", name=name, why=why)
    return f"{said} ({escape(where)})" if where else said


def _which(said: str, name: str, t: Texts) -> str:
    """Whether a row is a practice's: named otherwise, or as others may be named too."""
    if normal(said) == normal(name):
        return t("Others may be called *{name}* too. Is the row about the one in your cluster?", name=escape(name))
    return t("Is “{said}” the same as *{name}*?", said=escape(said), name=escape(name))


def _alike(seen: Seen, t: Texts) -> list[tuple[int, str]]:
    """The names that are only alike, by their place in the list."""
    return [
        (number, _which(said, seen.names.get(practice_id, "?"), t))
        for number, (alias, practice_id, said) in enumerate(seen.gathered.names)
        if alias
    ][:NAMES_ASKED]
