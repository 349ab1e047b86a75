"""A meeting as it takes place: the card of whoever chairs, what is parked, whose numbers are missing."""
