"""The year: the list of all meetings with their doors, and a plan of the next ones."""
