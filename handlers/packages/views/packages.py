"""Packages as a person reads them: the list, and one page for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cluster.packages.own_packages import Offer
from handlers.blocks import actions, button, confirmation, context, escape, header, plain, section, window
from handlers.fitting import cut
from handlers.message import Block
from handlers.packages.ids import Action, View
from handlers.packages.views.material import kind_word, reading
from locales import Texts
from measures.charts.words.amounts import amount_text
from measures.packages.confirm import line_words, looked_at, to_confirm
from measures.packages.package import Package, text

SHOWN = 45
MOST, MOST_BESIDE = 90, 6
"""Rows of a window that holds nothing else; packages that go with one."""
LONGEST = 60
"""Letters of what was typed that are said back."""


def package_list(offers: Sequence[Offer], t: Texts, *, typed: str = "", is_new: bool = False) -> dict[str, Any]:
    """The cluster's own packages first, then those that come with the bot; or those that fit what was ``typed``."""
    own, ours = [each for each in offers if each.own_id], [each for each in offers if not each.own_id]
    topics, numbers = [[each for each in ours if each.package.asks is asks] for asks in (False, True)]
    blocks: list[Block] = [
        section(
            t(
                "All packages are voluntary. Begin with something that hurts nobody. A coordinator can adapt a package "
                "for one round in `/klynge data`, or send me one of your own as a TOML file."
            )
        ),
        section(t("*Find a package* by topic, code or any other word in it"), _find(t)),
    ]
    if typed:
        words = escape(cut(typed, LONGEST))
        said = t.n("{n} package fits “{words}”.", "{n} packages fit “{words}”.", len(offers), words=words)
        blocks.append(section(said if offers else t("No package fits “{words}”.", words=words)))
        numbers = ours
    elif is_new:
        blocks.append(context(t("You are new to this, so what is least sensitive stands first.")))
    if topics and not typed:
        label = t.n("{n} topic without numbers", "{n} topics without numbers", len(topics))
        blocks.append(actions(button(label, Action.PACKAGE_TOPICS)))
    for title, found in ((t("The cluster's own"), own), (t("Ready to use"), numbers)):
        if found:
            blocks += [header(title), *(_line(each, t) for each in found[:SHOWN])]
    return window(View.PACKAGE_LIST, t("Packages"), t("Close"), blocks)


def _find(t: Texts) -> dict[str, Any]:
    hint = plain(t("For example: pain"), 150)
    return {"type": "external_select", "action_id": Action.PACKAGE_FIND, "min_query_length": 2, "placeholder": hint}


def topic_list(offers: Sequence[Offer], t: Texts) -> dict[str, Any]:
    """What comes with the bot and asks for no number."""
    said = t("These need no numbers: cases, visits, talks. They are voluntary, and the patients are invented.")
    found = [each for each in offers if not each.own_id and not each.package.asks]
    return window(
        View.PACKAGE_TOPICS,
        t("Topics without numbers"),
        t("Close"),
        [section(said), *(_line(each, t) for each in found[:MOST])],
    )


def _line(offer: Offer, t: Texts) -> Block:
    package = offer.package
    said = f"*{escape(text(package.title, t.lang))}*\n_{_facts(package, t)}_"
    return section(said, button(t("See it"), Action.PACKAGE_SHOW, offer.own_id or package.id))


def _facts(package: Package, t: Texts) -> str:
    if package.asks:
        facts = [t.n("{n} number from each practice", "{n} numbers from each practice", len(package.fields))]
    else:
        facts = [kind_word(package, t), t("no numbers")]
    facts.append(sensitivity(package, t))
    if package.lead_time_days:
        facts.append(t.n("the source needs {n} day", "the source needs {n} days", package.lead_time_days))
    if package.needs_consent:
        facts.append(t("needs everybody's yes"))
    if package.eases is not None:
        facts.append(t("eases the working day"))
    return " · ".join(facts)


def sensitivity(package: Package, t: Texts) -> str:
    """How near a topic comes to the doctor."""
    return {"low": t("not sensitive"), "medium": t("somewhat sensitive"), "high": t("sensitive")}[package.sensitivity]


def page(offer: Offer, beside: Sequence[Offer], t: Texts, *, leads: bool) -> dict[str, Any]:
    """One package: why, where from, what is asked for and shown, what goes ``beside`` it, what is not confirmed."""
    package = offer.package
    blocks: list[Block] = [
        section(f"*{escape(text(package.title, t.lang))}*\n{escape(text(package.why, t.lang))}"),
        context(_facts(package, t), _origin(package, t)),
        *(_asked(package, t) if package.asks else []),
        *reading(package, t, leads=leads),
    ]
    if lines := _lines(package, t):
        blocks.append(section("\n".join([t("*Reference lines in the charts*"), *lines])))
    if unsure := to_confirm(package, t):
        blocks.append(section("\n".join(f"⚠️ {escape(line)}" for line in unsure)))
    if beside:
        blocks += [
            section(t("*Worth looking at together with it*")),
            *(_door(each, t) for each in beside[:MOST_BESIDE]),
        ]
    if leads:
        blocks.append(actions(*_ways(offer, t)))
    return window(View.PACKAGE_PAGE, t("Package"), t("Close"), blocks)


def _asked(package: Package, t: Texts) -> list[Block]:
    return [
        section("\n".join(_about(package, t))),
        _listed(t("What we ask for"), [(each.label, each.help) for each in package.fields], t),
        _shown(package, t),
    ]


def _door(offer: Offer, t: Texts) -> Block:
    """The way to a package; each in a row of its own, where their ids differ."""
    return actions(button(text(offer.package.title, t.lang), Action.PACKAGE_SHOW, offer.own_id or offer.package.id))


def _about(package: Package, t: Texts) -> list[str]:
    """Where the numbers come from, how it eases the day, and which areas it lies in."""
    lines = [t("*Source:* {source}", source=escape(text(package.source, t.lang)))]
    if package.eases is not None:
        lines.append(t("*Eases the working day:* {how}", how=escape(text(package.eases, t.lang))))
    if package.areas:
        lines.append(t("*Areas:* {areas}", areas=escape(", ".join(package.areas))))
    return lines


def _shown(package: Package, t: Texts) -> Block:
    """The measures; of one that balances another, or goes with it, which."""
    lines = []
    for each in package.measures:
        said = f"• *{escape(text(each.title, t.lang))}* – {escape(text(each.definition, t.lang))}"
        if each.beside:
            other = escape(text(package.measure(each.beside).title, t.lang))
            is_weight = each.role == "balancing"
            tail = t("balances “{other}”", other=other) if is_weight else t("belongs to “{other}”", other=other)
            said += f" _({tail})_"
        lines.append(said)
    return section("\n".join([f"*{t('What it shows')}*", *lines]))


def _origin(package: Package, t: Texts) -> str:
    return t(
        "{owner}, version {version}, written by {author}, {reviewed}",
        author=escape(package.authored_by),
        owner=escape(package.owner),
        version=escape(package.version),
        reviewed=escape(looked_at(package, t)),
    )


def _listed(title: str, pairs: Sequence[tuple[Any, Any]], t: Texts) -> Block:
    lines = [f"• *{escape(text(name, t.lang))}* – {escape(text(more, t.lang))}" for name, more in pairs]
    return section("\n".join([f"*{title}*", *lines]))


def _lines(package: Package, t: Texts) -> list[str]:
    """The reference lines as they will be drawn, so that one written wrongly is seen."""
    return [
        f"• {escape(line_words(line, t))}: {escape(amount_text(line.value, measure, t, given=True))} "
        f"({escape(line.source)})"
        for measure in package.measures
        for line in measure.references
    ]


def _ways(offer: Offer, t: Texts) -> list[dict[str, Any]]:
    value = offer.own_id or offer.package.id
    ways = [button(t("Take it up at a meeting"), Action.PACKAGE_MEETING, value, style="primary")]
    if not offer.package.asks:
        ways.append(button(t("Send me the pages"), Action.PACKAGE_PAGES, value))
    ways.append(button(t("Send me the file"), Action.PACKAGE_FILE, value))
    if offer.own_id:
        ways.append(_retire(offer.own_id, t))
    return ways


def _retire(own_id: int, t: Texts) -> dict[str, Any]:
    sure = confirmation(
        t("Take the package out?"),
        t("It is no longer offered. Rounds that have begun with it go on."),
        t("Take it out"),
        t("No, leave it in"),
    )
    return button(t("Take it out"), Action.PACKAGE_RETIRE, own_id, confirm=sure)


def saved(said: str, own_id: int, package: Package, t: Texts) -> list[Block]:
    """What was saved, what nobody has confirmed in it, and the ways on."""
    blocks = [section(said), context(_facts(package, t))]
    if lines := _lines(package, t):
        blocks.append(section("\n".join([t("*Reference lines in the charts*"), *lines])))
    if unsure := to_confirm(package, t):
        blocks.append(section("\n".join(f"⚠️ {escape(line)}" for line in unsure)))
    return [*blocks, actions(button(t("See it"), Action.PACKAGE_SHOW, own_id), _retire(own_id, t))]
