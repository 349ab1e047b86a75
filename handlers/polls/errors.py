"""What is said when a rule about date polls says no."""

from locales import N_

ERRORS = {
    "poll.answer_after_first": N_("The date to answer by must be before the first of the dates."),
    "poll.cancelled": N_("That date poll is called off. You need not do anything."),
    "poll.changed_meanwhile": N_(
        "Somebody else has changed the dates in the meantime. Open them again and look before you save."
    ),
    "poll.closed": N_("That date poll is closed. The coordinator chooses a date, and then you are invited."),
    "poll.date_gone": N_("That date is not among those to choose from any more."),
    "poll.date_past": N_("One of the dates has passed. Choose dates ahead."),
    "poll.no_such_day": N_("I can't find the day “{said}”. Write it as 12/3, for example."),
    "poll.not_asked": N_("You are not asked about these dates. If that is a mistake, ask the coordinator."),
    "poll.odd_hour": N_("Do you mean {said} in the morning? Write the hour as 17 or 16.30."),
    "poll.settled": N_("The date has been chosen, and the meeting is called. Answer on the invitation."),
    "poll.too_few": N_("Write at least {fewest} dates, so that there is something to choose from."),
    "poll.too_many": N_("At most {most} dates: more are hard to answer on a telephone."),
    "poll.unknown": N_("I cannot find that date poll any more."),
    "poll.unread": N_("I did not understand “{said}”. Write for example: Thursday 12/3 or Tuesday 17/3 at 17."),
    "poll.weekday_wrong": N_("“{said}”: {day} is another weekday. Which day do you mean?"),
}
"""Codes to English sentences."""
