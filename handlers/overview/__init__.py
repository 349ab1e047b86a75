"""What is coming, how it stands, what was done, what can be done: the page, the plan, the log, the help."""
