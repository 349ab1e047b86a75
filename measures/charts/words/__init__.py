"""What is said of one number: how it is written, where it stands, and the finding that a chart's words come from."""
