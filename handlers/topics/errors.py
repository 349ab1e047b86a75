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
    "vote.unknown": N_("I can't find that vote any more."),
    "vote.how_many": N_("Choose from {least} to {most} topics."),
    "vote.when": N_("Choose a day from tomorrow noon to two months ahead."),
    "vote.open_already": N_("A vote about topics is open already. Let it close first, or call it off."),
    "vote.too_few": N_("Fewer than {least} members may vote, so nothing could be told. Decide at a meeting instead."),
    "vote.nothing_to_choose": N_("There are too few suggestions to choose between yet."),
    "vote.over": N_("That vote is over."),
    "vote.not_asked": N_("Only those who were members when the vote began may vote."),
    "vote.voted": N_("You have voted already. I can't take it back: I don't know which ballot is yours."),
    "vote.picks": N_("Choose at most {most}."),
    "vote.not_told": N_("What came of it is told an hour after it has closed."),
    "vote.no_such_deciders": N_("Choose who decides."),
    "decision.unknown": N_("I can't find that decision any more."),
    "decision.votes": N_("Write whole numbers from 0 to 500."),
}
