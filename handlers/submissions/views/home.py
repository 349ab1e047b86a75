"""What a person's page says of numbers."""

from __future__ import annotations

from cluster.overview.next_things import NextThing, Thing
from cluster.packages.lookup import package_of
from cluster.subjects import BUNDLE
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.message import Block
from handlers.overview.ids import Action as OverviewAction
from handlers.submissions.ids import Action
from measures.packages.package import text


def to_give(at: AtHome) -> list[Block]:
    """Numbers that the practice is asked for."""
    t = at.t
    blocks: list[Block] = []
    for assignment, asked in at.part.asked:
        topic, deadline = f"*{text(package_of(asked).title, t.lang)}*", t.moment(asked.deadline)
        if asked.id in at.part.drafted:
            sentence = t(
                "Your numbers on {topic} wait for your yes in our conversation, on *Messages*, before {deadline}.",
                topic=topic,
                deadline=deadline,
            )
        else:
            sentence = t(
                "Your practice is asked for numbers about {topic}, before {deadline}.", topic=topic, deadline=deadline
            )
        enter = b.button(t("Enter numbers"), Action.ASSIGNMENT_ENTER, assignment.id, style="primary")
        blocks.append(b.section(sentence, enter))
    return blocks


def to_look_through(thing: Thing, at: AtHome) -> tuple[str, Block]:
    """A file with everybody's numbers waits."""
    button = b.button(at.t("Show it to me"), OverviewAction.HOME_SHOW, BUNDLE.about(thing.about))
    return at.t("A file with everybody's numbers waits for your yes."), button


THINGS = {NextThing.FILE: to_look_through}
