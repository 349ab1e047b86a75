"""Asking for numbers in Slack: the coordinator's form, the practices' cards, what was agreed."""
