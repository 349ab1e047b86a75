"""ListedIdea topics as they are seen: the list, the form, what is noted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cluster.topics.ideas import LONGEST, ListedIdea
from handlers import blocks as b
from handlers.message import Block
from handlers.topics.ids import Action, View
from locales import Texts

SHOWN = 25
"""Suggestions in the window; more are hardly read."""
NAMED, NO_PACKAGE = "named", "-"


def listing(
    ideas: Sequence[ListedIdea],
    titles: Mapping[str, str],
    t: Texts,
    *,
    cluster_id: int,
    leads: bool,
    had: Mapping[int, str],
    above: Sequence[Block] = (),
) -> dict[str, Any]:
    """The window with all suggestions. ``titles`` are those of packages by id, ``had`` what was had before, ``above``
    what stands over the list."""
    ways = [
        b.button(t("Suggest a topic"), Action.CLUSTER_SUGGEST, cluster_id, style="primary"),
        b.button(t("What we have had"), Action.CLUSTER_TOPICS_HAD, cluster_id),
    ]
    if leads:
        ways += [
            b.button(t("Ask the members"), Action.CLUSTER_VOTE, cluster_id),
            b.button(t("Write a decision down"), Action.VOTE_DECIDE, cluster_id),
            b.button(t("Who decides?"), Action.CLUSTER_TOPIC_RULE, cluster_id),
        ]
    blocks: list[Block] = [
        *above,
        b.section(
            t("Everybody may suggest a topic, and say which of the others they want too. Only counts are shown.")
        ),
        b.actions(*ways),
    ]
    if not ideas:
        blocks.append(b.section(t("Nothing has been suggested yet.")))
    for each in ideas[:SHOWN]:
        blocks += one(each, titles, t, leads=leads, had=had.get(each.idea.id, ""))
    if (rest := len(ideas) - SHOWN) > 0:
        blocks.append(b.context(t.n("… and {n} more suggestion", "… and {n} more suggestions", rest)))
    return b.window(View.IDEA_LIST, t("Topics"), t("Close"), blocks, json.dumps({"cluster": cluster_id}))


def one(suggested: ListedIdea, titles: Mapping[str, str], t: Texts, *, leads: bool, had: str = "") -> list[Block]:
    """One suggestion with what can be done about it."""
    idea = suggested.idea
    about = [t.n("{n} wants it", "{n} want it", suggested.wishes)]
    if title := titles.get(idea.package_id):
        about.append(t("package: {title}", title=b.escape(title)))
    if suggested.by:
        about.append(t("suggested by {name}", name=b.escape(suggested.by)))
    said = f"*{b.escape(idea.words)}*\n{' · '.join(about)}" + (f"\n_{had}_" if had else "")
    if suggested.is_wished:
        ways = [b.button(t("I don't want it any more"), Action.IDEA_UNWISH, idea.id)]
    else:
        ways = [b.button(t("I want it too"), Action.IDEA_WISH, idea.id)]
    if leads:
        sure = b.confirmation(
            t("Take the suggestion out?"),
            t("It is no longer in the list. Within ten minutes you can write “undo”."),
            t("Take it out"),
            t("No, leave it there"),
        )
        ways += [
            b.button(t("Tidy"), Action.IDEA_TIDY, idea.id),
            b.button(t("Take it out"), Action.IDEA_DROP, idea.id, confirm=sure),
        ]
    return [b.section(said), b.actions(*ways)]


def form(t: Texts, packages: Sequence[b.Option], *, cluster_id: int, words: str = "") -> dict[str, Any]:
    """Suggest a topic."""
    named = b.checkboxes(NAMED, [("yes", t("Show my name beside it"))])
    blocks = [
        b.entry(
            t("What should we take up?"),
            b.text_field("words", initial=words[:LONGEST], hint=t("For example: PPI"), limit=LONGEST),
            help_text=t("A few words are enough. Write nothing about patients."),
        ),
        b.entry(t("Is there a package about it?"), _packages(t, packages, NO_PACKAGE), optional=True),
        b.entry(t("Your name"), named, optional=True),
        b.context(
            t(
                "I remember who suggests and who wants what, so that nobody counts twice. I show it to nobody, not to "
                "the coordinator either, unless you want your name beside it."
            )
        ),
    ]
    metadata = json.dumps({"cluster": cluster_id})
    return b.form(View.IDEA_FORM, t("Suggest a topic"), t("Suggest it"), t("Cancel"), blocks, metadata)


def tidy_form(
    suggested: ListedIdea, others: Sequence[ListedIdea], packages: Sequence[b.Option], t: Texts
) -> dict[str, Any]:
    """Write it otherwise, tie it to a package, or count it with another."""
    idea = suggested.idea
    same = [(NO_PACKAGE, t("None: it is a topic of its own"))]
    same += [(str(each.idea.id), each.idea.words) for each in others[: b.MENU - 1]]
    blocks = [
        b.entry(t("The topic"), b.text_field("words", initial=idea.words, limit=LONGEST)),
        b.entry(t("Package"), _packages(t, packages, idea.package_id or NO_PACKAGE), optional=True),
        b.entry(
            t("Does it mean the same as another?"),
            b.select("same_as", same, chosen=NO_PACKAGE),
            help_text=t("Then the two become one, and whoever wants both counts once."),
            optional=True,
        ),
    ]
    metadata = json.dumps({"idea": idea.id})
    return b.form(View.IDEA_TIDY, t("Tidy"), t("Save"), t("Cancel"), blocks, metadata)


def _packages(t: Texts, packages: Sequence[b.Option], chosen: str) -> dict[str, Any]:
    choices = [(NO_PACKAGE, t("No package, just the words")), *packages]
    return b.menu("package", choices[: b.MENU], chosen=chosen)


def noted(ideas: Sequence[ListedIdea], new: Sequence[int], own: Sequence[int], cluster: str, t: Texts) -> str:
    """What is said to the one who suggested."""
    lines = []
    for each in ideas:
        words = b.escape(each.idea.words)
        others = each.wishes - 1
        if each.idea.id in new:
            lines.append(t("Noted for {cluster}: *{words}*.", cluster=cluster, words=words))
        elif others > 0:
            lines.append(
                t.n(
                    "*{words}* was in the list already. You and {n} other want it.",
                    "*{words}* was in the list already. You and {n} others want it.",
                    others,
                    words=words,
                )
            )
        else:
            lines.append(t("*{words}* was in the list already, and you want it.", words=words))
        if each.idea.id in own and each.idea.is_named:
            lines.append(t("Your name is shown beside it."))
    return "\n".join(lines)


def noted_buttons(ideas: Sequence[ListedIdea], own: Sequence[int], cluster_id: int, t: Texts) -> Block:
    """The ways on: the whole list, and the own name beside the own suggestion."""
    ways = [b.button(t("See all suggestions"), Action.CLUSTER_TOPICS, cluster_id)]
    mine = [each.idea for each in ideas if each.idea.id in own]
    if len(mine) == 1:
        idea = mine[0]
        if idea.is_named:
            ways.append(b.button(t("Hide my name"), Action.IDEA_UNNAME, idea.id))
        else:
            ways.append(b.button(t("Show my name beside it"), Action.IDEA_NAME, idea.id))
    return b.actions(*ways)
