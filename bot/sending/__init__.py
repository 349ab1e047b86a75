"""From the outbox to Slack: within its pace, once, and asked for when it is not certain."""
