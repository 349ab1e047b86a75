"""Finding a date: the question with its buttons, the coordinator's card, and what is written instead."""
