"""Every feature's routes in one table."""

from handlers import errors
from handlers.charts import deck, followups, funnel, looking, openness, openness_news, own_charts, recalls, releases
from handlers.conversation import conversation, files, second_thoughts
from handlers.meetings import attendance, invitation_cards, invitations, meetings, reminders
from handlers.meetings import news as meeting_news
from handlers.members import consent, members, own_data, places, settings
from handlers.onboarding import newcomers, one_person, outsiders, roster, setup, welcome
from handlers.operations import news as own_news
from handlers.overview import help, home, logbook, plan, status
from handlers.packages import own_packages
from handlers.rounds import agreements, asks, extracts, rounds
from handlers.rounds import news as round_news
from handlers.routes import merge
from handlers.submissions import (
    bundles,
    headings,
    holding,
    objections,
    patients,
    refusals,
    submissions,
    typing_again,
    verdicts,
)

TABLE = merge(
    [
        errors.routes,
        agreements.routes,
        own_news.routes,
        asks.routes,
        attendance.routes,
        bundles.routes,
        consent.routes,
        conversation.routes,
        deck.routes,
        extracts.routes,
        own_charts.routes,
        followups.routes,
        funnel.routes,
        files.routes,
        headings.routes,
        help.routes,
        holding.routes,
        home.routes,
        invitation_cards.routes,
        invitations.routes,
        logbook.routes,
        looking.routes,
        meeting_news.routes,
        meetings.routes,
        members.routes,
        newcomers.routes,
        objections.routes,
        one_person.routes,
        openness.routes,
        openness_news.routes,
        outsiders.routes,
        own_data.routes,
        own_packages.routes,
        patients.routes,
        places.routes,
        plan.routes,
        recalls.routes,
        refusals.routes,
        releases.routes,
        reminders.routes,
        roster.routes,
        round_news.routes,
        rounds.routes,
        second_thoughts.routes,
        settings.routes,
        setup.routes,
        status.routes,
        submissions.routes,
        typing_again.routes,
        verdicts.routes,
        welcome.routes,
    ]
)
