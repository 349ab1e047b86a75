"""What is said when a rule about chairing says no."""

from locales import N_

ERRORS = {
    "chair.enough_parked": N_("Twenty objections are parked already. Take the next one up with the coordinator."),
    "chair.no_agenda": N_("The meeting has no agenda, so there is nothing to keep time by. Make one first."),
    "chair.not_here": N_("Choose somebody of the cluster who is in Slack."),
    "chair.nothing_parked": N_("Write what is said about the numbers."),
    "chair.other": N_("Somebody else chairs this meeting. The coordinator can ask you instead."),
    "chair.timer": N_("Choose from 1 to 60 minutes."),
    "chair.too_early": N_("The meeting can be started from an hour before it begins."),
    "chair.too_late": N_("The meeting is over."),
}
"""Codes to English sentences."""
