"""What happens in the stand-in, and what the app is told of it."""
