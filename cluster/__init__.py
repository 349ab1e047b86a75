"""What a quality cluster does: rules and decisions, without Slack, HTTP, pandas or a clock of its own."""
