"""Klyngemøder in Slack: called, answered, reminded of, attended."""
