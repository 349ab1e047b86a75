"""What whoever chairs a meeting sees."""
