"""What is said when a rule about the year says no."""

from locales import N_

ERRORS = {
    "year.how_many": N_("Choose 2 to 4 meetings."),
    "year.noted_unread": N_("I did not understand “{said}”. Write the day first: 12/3 PLO-K."),
}
"""Codes to English sentences."""
