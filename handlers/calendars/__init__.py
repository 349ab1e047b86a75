"""A member's own calendar, which fetches by itself."""
