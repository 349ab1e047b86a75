"""Minutes: who writes them, what is written, sent and found again."""
