"""What is coming, what was done, and a person's own page."""
