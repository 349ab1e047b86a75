"""The rehearsal: an invented cluster plays its year against the Slack stand-in, by hand (demo) or by itself (story)."""
