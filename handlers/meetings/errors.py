"""What is said when a rule about meetings or attendance says no."""

from locales import N_

ERRORS = {
    "attendance.not_registered": N_("Your cluster has agreed not to register attendance."),
    "attendance.too_early": N_("The meeting has not begun yet. The attendance sheet comes when it is over."),
    "meeting.answer_after_start": N_("The date to answer by must be before the meeting begins."),
    "meeting.answer_again": N_(
        "The meeting moves to another weekday, so I will ask everybody again. Choose a new date to answer by."
    ),
    "meeting.answer_in_past": N_("The date to answer by has already passed. Choose a later day or time."),
    "meeting.answer_unknown": N_("I did not understand the answer. Use the buttons on the invitation."),
    "meeting.answered_already": N_("You have already answered, so I will not remind you."),
    "meeting.answers_closed": N_(
        "The time to answer is over, so a reminder would help nobody. You can still answer for someone."
    ),
    "meeting.changed_meanwhile": N_(
        "Somebody else has changed the meeting in the meantime. Open it again and look before you save."
    ),
    "meeting.choose": N_("Please choose one."),
    "meeting.date_unreadable": N_("That day does not exist. Choose a date in the calendar."),
    "meeting.ends_before_start": N_("The meeting must end after it begins."),
    "meeting.food_is_ordered": N_("The food is ordered by the answers there were. Tell the coordinator."),
    "meeting.food_without_answer": N_("Answer first whether you are coming."),
    "meeting.in_past": N_("That time has passed. Choose a time ahead."),
    "meeting.is_cancelled": N_("The meeting is cancelled. You need not do anything."),
    "meeting.is_over": N_("The meeting is over, so answers can no longer be changed."),
    "meeting.kind_unknown": N_("Please choose one."),
    "meeting.link_unreadable": N_("A link begins with https:// and has no spaces in it."),
    "meeting.notice_unreadable": N_("Write a whole number of days, at most 180."),
    "meeting.no_screen": N_("One cannot take part online in this meeting. Are you coming, or not?"),
    "meeting.no_food": N_("There is no food at that meeting any more."),
    "meeting.not_invited": N_("You are not invited to this meeting. If that is a mistake, ask the coordinator."),
    "meeting.reason_without_answer": N_("Answer first whether you are coming, then add the reason."),
    "meeting.seats_unreadable": N_("Write a whole number of seats, from 1 to 500."),
    "meeting.snooze_too_late": N_("That is after the date to answer by. Choose an earlier day, or answer now."),
    "meeting.snooze_unknown": N_("I did not understand when. Choose from the list."),
    "meeting.time_unreadable": N_("That time does not exist. Write it as 16:30."),
    "meeting.title_missing": N_("Write what the meeting is about."),
    "meeting.too_far": N_("That is more than two years ahead. Is the year right?"),
    "meeting.unknown": N_("I cannot find that meeting any more."),
}
"""Codes to English sentences."""
