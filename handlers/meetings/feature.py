"""Klyngemøder: everything that they listen to and can say."""

from handlers.feature import gather
from handlers.meetings import attendance, invitation_cards, invitations, meetings, news, reminders

feature = gather(
    [
        attendance.feature,
        invitation_cards.feature,
        invitations.feature,
        meetings.feature,
        news.feature,
        reminders.feature,
    ]
)
