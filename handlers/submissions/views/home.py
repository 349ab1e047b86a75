"""What a person's page says of numbers."""

from __future__ import annotations

from cluster.packages.lookup import package_of
from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.message import Block
from handlers.submissions.ids import Action
from measures.packages.package import text


def to_give(at: AtHome) -> list[Block]:
    """Numbers that the practice is asked for."""
    t = at.t
    blocks: list[Block] = []
    for assignment, asked in at.part.asked:
        sentence = t(
            "Your practice is asked for numbers about {topic}, before {deadline}.",
            topic=f"*{text(package_of(asked).title, t.lang)}*",
            deadline=t.moment(asked.deadline),
        )
        enter = b.button(t("Enter numbers"), Action.ASSIGNMENT_ENTER, assignment.id, style="primary")
        blocks.append(b.section(sentence, enter))
    return blocks
