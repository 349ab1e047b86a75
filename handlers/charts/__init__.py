"""Charts in Slack: looked at before, released, opened, called back, taken to the meeting."""
