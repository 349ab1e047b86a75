"""What is seen of it."""
