"""What reminders of every feature have in common where people read them."""
