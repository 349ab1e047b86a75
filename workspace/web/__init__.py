"""Slack's own doors: the Web API, response URLs, bytes in and out."""
