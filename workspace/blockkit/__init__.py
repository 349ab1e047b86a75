"""Block Kit as Slack judges it: limits, elements, and the state of inputs."""
