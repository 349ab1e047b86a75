"""What is asked in plain words about what can be measured, and what its words and codes mean."""

from __future__ import annotations

from collections.abc import Iterator

from cluster.meetings.typed_words import folded
from cluster.packages import catalogue, own_packages
from handlers import blocks as b
from handlers.feature import Direct, Feature, Intent, sentences
from handlers.message import Message
from handlers.packages.ids import Action
from handlers.turn import Turn
from locales import N_
from measures.packages.package import Package, text

MOST = 3
"""Explanations that are shown at once."""


async def meaning(turn: Turn) -> Message | None:
    """What a code or a number of a package stands for, as the packages say; nothing is looked up elsewhere."""
    cluster, t = turn.require_cluster(), turn.t
    term = folded(str(turn.state.get("term") or ""))
    async with turn.look() as state:
        packages = [each.package for each in await own_packages.offered(state, cluster.id)]
    found = list(dict.fromkeys(line for package in packages for line in _lines(package, term, t.lang))) if term else []
    if not found:
        said = t("I don't know that word. The packages say what each number counts, and what its codes mean.")
        return b.asking(said, b.button(t("See the packages"), Action.CLUSTER_PACKAGES, cluster.id))
    return Message("\n".join(found[:MOST]), [b.section(each) for each in found[:MOST]])


def _lines(package: Package, term: str, lang: str) -> Iterator[str]:
    for code in package.codes:
        if folded(code.code) == term:
            yield f"*{b.escape(code.code)}*: {b.escape(text(code.meaning, lang))}"
    for item in package.fields:
        names = {folded(each) for each in (text(item.short, "da"), text(item.short, "en"), *item.aliases)}
        if term in names:
            yield f"*{b.escape(text(item.label, lang))}*: {b.escape(text(item.help, lang))}"


async def packages(turn: Turn) -> Message:
    """What can be measured."""
    said = turn.t("The packages are what the cluster can measure, each with its guide and its questions.")
    return b.asking(said, b.button(turn.t("See the packages"), Action.CLUSTER_PACKAGES, turn.require_cluster().id))


async def find(turn: Turn) -> Message:
    """The packages that are about a word."""
    cluster, t = turn.require_cluster(), turn.t
    term = str(turn.state.get("term") or "")
    async with turn.look() as state:
        found = catalogue.search(await own_packages.offered(state, cluster.id), term) if term else []
    if not found:
        said = t("I have no package about that. The list can be searched by any word in a package.")
        return b.asking(said, b.button(t("See the packages"), Action.CLUSTER_PACKAGES, cluster.id))
    shown = [(text(each.package.title, t.lang), each.own_id or each.package.id) for each in found[:MOST]]
    said = t.n("{n} package is about that:", "{n} packages are about that:", len(found))
    rows = [b.section(f"*{b.escape(title)}*", b.button(t("See it"), Action.PACKAGE_SHOW, key)) for title, key in shown]
    return Message("\n".join([said, *(b.escape(title) for title, _ in shown)]), [b.section(said), *rows])


feature = Feature(
    intents={
        "find_package": Intent(sentences(__file__, "find_package"), Direct(find), N_("Find a package")),
        "meaning": Intent(sentences(__file__, "meaning"), Direct(meaning), N_("What does that mean?")),
        "packages": Intent(sentences(__file__, "packages"), Direct(packages), N_("What can we measure?")),
    }
)
