"""Members check in to a meeting by themselves, by a PIN that is shown there."""
