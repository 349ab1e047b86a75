"""What is said when something about topics can't be done."""

from locales import N_

ERRORS = {
    "idea.empty": N_("Write what it is about, in a few words."),
    "idea.unknown": N_("I can't find that suggestion any more."),
    "idea.is_over": N_("That suggestion is not in the list any more."),
    "idea.too_many": N_("There are {most} suggestions already. Let the coordinator tidy the list first."),
    "idea.not_yours": N_("Only who suggested it can show or hide the name."),
    "idea.observer": N_("Observers look on, and suggest nothing."),
    "idea.same_already": N_("Those two are counted together already."),
    "idea.wished_for": N_("Others want it by now, so it stays. You can take your own wish back in the list."),
}
