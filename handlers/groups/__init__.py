"""Groups of a meeting: dealt, shown, and what they say to all."""
