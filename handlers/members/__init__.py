"""Members and practices in Slack: the list, consent, settings, own data."""
