"""Members check in to a meeting by themselves."""
