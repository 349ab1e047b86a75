"""Klyngemøder: everything that they listen to and can say."""

from handlers.at_home import HomeBlock
from handlers.feature import AboutPerson, Feature, gather
from handlers.meetings import (
    attendance,
    drafts,
    food,
    for_topic,
    invitation_cards,
    invitations,
    meetings,
    news,
    plain_words,
    reminders,
    sending,
    undoing,
)
from handlers.meetings.views import home, led_home
from locales import N_

PERSON = Feature(
    home=[
        HomeBlock(home.OWED, home.to_answer, is_owed=True, whole=home.all_to_answer),
        HomeBlock(home.COMING, home.next_meeting, whole=home.all_meetings),
        HomeBlock(
            led_home.ALL, led_home.meetings_ahead, is_led=True, whole=led_home.all_meetings, things=led_home.THINGS
        ),
        HomeBlock(70, home.attended),
    ],
    about_person=AboutPerson(
        headings={
            "invitation": (20, N_("Meetings you are invited to, and your answers")),
            "attendance": (30, N_("Meetings where your attendance is recorded")),
            "attendance (recorded_by)": (160, N_("Attendance you recorded for somebody")),
            "invitation (answered_by)": (190, N_("Answers you entered for somebody")),
            "meeting (created_by)": (200, N_("Meetings you called")),
        },
        columns={
            "diet": N_("Diet or allergy"),
            "eats": N_("Eats with us"),
            "from_poll": N_("Answer carried over from a date poll"),
            "former_answer": N_("Answer before the meeting was moved"),
            "queue": N_("Order on the waiting list"),
        },
        messages={
            "attendance": N_("the year's participant lists"),
            "meeting": N_("about a meeting"),
        },
    ),
)
feature = gather(
    [
        PERSON,
        attendance.feature,
        drafts.feature,
        food.feature,
        for_topic.feature,
        invitation_cards.feature,
        invitations.feature,
        meetings.feature,
        news.feature,
        plain_words.feature,
        reminders.feature,
        sending.feature,
        undoing.feature,
    ]
)
