"""What is said when a rule about agendas says no."""

from locales import N_

ERRORS = {
    "agenda.enough_wishes": N_(
        "You have wished for five points already. Those who plan the meeting look at them first."
    ),
    "agenda.full": N_("There are 25 points on the agenda. Take one off before you add another."),
    "agenda.minutes": N_("Write how many minutes, from 1 to 240."),
    "agenda.no_meeting": N_("No meeting is planned, so there is no agenda."),
    "agenda.no_such_number": N_("The agenda has {n} points. Which one do you mean?"),
    "agenda.no_such_point": N_("I can't find that point on the agenda. Write its number, as in “punkt 3”."),
    "agenda.none": N_("The meeting has no agenda yet. Write /klynge dagsorden, and I suggest one."),
    "agenda.not_understood": N_(
        "I did not understand that. Write “add the phones 10 min”, “item 3 gets 20 minutes” or “move item 4 to number "
        "2”."
    ),
    "agenda.over": N_("The meeting is over, so its agenda can no longer be changed."),
    "agenda.settled": N_("That wish has been settled already."),
    "agenda.title_missing": N_("Write what it is about."),
    "agenda.unknown_item": N_("I can't find that point any more."),
    "agenda.which": N_("Several points fit. Write the number of the one you mean, as in “item 3”."),
}
"""Codes to English sentences."""
