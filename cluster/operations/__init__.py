"""What whoever runs the bot must do: delete, try again, put back."""
