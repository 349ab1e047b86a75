"""A cluster begins in Slack: set up, the list of members, welcomes, newcomers."""
