"""A member is welcomed and confirms practice, record system, language and consent."""

from __future__ import annotations

from cluster.members import cluster_rules, consent, members, places, practices, titles
from cluster.onboarding import welcome
from cluster.onboarding.room import Kinds
from handlers import blocks as b
from handlers.feature import Direct, Feature, Form, Notice, Rendering
from handlers.ids import number
from handlers.members.views.members import open_members
from handlers.message import Message
from handlers.myself import answer, language_of, myself
from handlers.onboarding.ids import Action, View
from handlers.onboarding.views import welcome as views
from handlers.turn import Turn
from locales import N_
from storage.words import Role


async def show_form(turn: Turn) -> None:
    """Open the welcome's form."""
    async with turn.look() as state:
        member = await myself(state, turn, number(turn.value))
        practice = await practices.get(state, member.practice_id) if member.practice_id else None
        rules = await cluster_rules.rules_of(state, member.cluster_id)
        held = await consent.current(state, practice.id) if practice else None
        decides = member.role != Role.OBSERVER and await titles.decides(state, member)
        untold = member.role != Role.OBSERVER and await titles.is_open(state, member)
    if member.place == places.ASKED:
        decides = untold = False  # nothing is the practice's to be said before somebody there has said yes
    await turn.open(views.welcome_form(member, practice, rules, held, turn.t, decides=decides, untold=untold))


async def check_form(turn: Turn) -> dict[str, str] | None:
    """What a form can hold that cannot be."""
    system = turn.state.get("system")
    if system and system not in practices.KNOWN_SYSTEMS:
        return {"system": turn.t("Choose one of the record systems.")}
    title = turn.state.get("title")
    if "yes" in (turn.state.get("consent") or []) and title is not None and titles.plain(title) not in titles.DECIDING:
        return {"consent": turn.t("Only an owner or a permanently employed doctor can consent for the practice.")}
    return None


async def confirm(turn: Turn) -> None:
    """Keep what the member confirmed, or tell the coordinator that the practice is wrong."""
    said = turn.state
    async with turn.unit() as uow:
        member = await myself(uow, turn, number(turn.metadata.get("member")))
        if said.get("right_practice") == "no":
            await welcome.wrong_practice(uow, member.id, now=turn.now)
            result = "wrong"
        else:
            done = await welcome.confirm(
                uow,
                member.id,
                language=language_of(said.get("language")),
                system=said.get("system") or None,
                consents="yes" in (said.get("consent") or []),
                now=turn.now,
                title=said.get("title") or None,
            )
            result = "waits" if done.waits else "consented" if done.consent_holds else "confirmed"
        await answer(uow, turn, member, "welcome.answer", result=result)
        await uow.commit()


async def render_welcome(r: Rendering) -> Message:
    """The welcome card, as it is now."""
    member = await members.get(r.state, r.number)
    cluster = await cluster_rules.get(r.state, member.cluster_id)
    practice = await practices.get(r.state, member.practice_id) if member.practice_id else None
    blocks = views.welcome(member, cluster, practice, r.t)
    confirmed = member.confirmed_at is not None
    text = views.confirmed_text(practice, r.t) if confirmed else views.welcome_text(member, cluster, practice, r.t)
    return Message(text, blocks, card="welcome")


async def render_reminder(r: Rendering) -> Message | None:
    """One reminder, at a decent hour, to who has not confirmed and is not away."""
    member = await members.get(r.state, r.number)
    if not await welcome.holds(r.state, r.owed, member, now=r.tools.clock.now()):
        return None
    return Message(views.reminder_text(r.t), views.reminder(member, r.t))


async def render_answer(r: Rendering) -> Message:
    """What the member's confirmation came to."""
    said = {
        "wrong": r.t(
            "Thank you. I have told the coordinator that the practice is not right, and nothing is confirmed yet."
        ),
        "waits": r.t(
            "Thank you. Now somebody who is confirmed in the practice must say yes; I have asked. Until then you see "
            "none of its numbers."
        ),
        "confirmed": r.t(
            "Thank you, that is noted. Without your practice's consent I receive no numbers from you; you can give it "
            "on my Home page whenever you like."
        ),
        "consented": r.t("Thank you, that is noted. You can see and change everything on my Home page."),
    }
    member = await members.get(r.state, r.number)
    alone = r.owed.params["result"] == "confirmed" and member.practice_id is None
    return Message(said["consented" if alone else r.owed.params["result"]])


async def render_wrong_practice(r: Rendering) -> Message:
    """To the coordinator: a member is down at the wrong practice."""
    member = await members.get(r.state, r.number)
    practice = await practices.get(r.state, member.practice_id) if member.practice_id else None
    text = r.t(
        "{name} says that {practice} is not the right practice. Send a list with the right one, and that settles it.",
        name=b.escape(member.name),
        practice=b.escape(practice.name) if practice else "–",
    )
    return Message(text, [b.section(text), b.actions(open_members(member.cluster_id, r.t))])


feature = Feature(
    actions={Action.MEMBER_WELCOME: Direct(show_form)},
    forms={View.MEMBER_WELCOME: Form(confirm, check_form)},
    notices={
        Kinds.WELCOME: Notice(render_welcome, ahead=N_("Welcome to a new member")),
        Kinds.WELCOME_REMINDER: Notice(render_reminder, ahead=N_("Reminder to confirm practice and consent")),
        Kinds.WELCOME_ANSWER: Notice(render_answer),
        Kinds.MEMBER_WRONG_PRACTICE: Notice(render_wrong_practice),
    },
    errors={
        "member.not_you": N_("That message is for somebody else."),
        "member.title_unknown": N_("Choose one of the titles."),
    },
    log={
        "member.confirmed": N_("{who} confirmed practice and language"),
        "member.title": N_("{who} stated their position in the practice"),
        "member.wrong_practice": N_("{who} reported that the practice on the list is wrong"),
    },
)
