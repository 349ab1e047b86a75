"""Charts in Slack: looked at before, released, opened, recalled, taken to the meeting."""
