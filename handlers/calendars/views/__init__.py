"""What is seen of it: the window with the address, and what a calendar reads."""
