"""What is seen of the year."""
