"""What a member's own calendar fetches."""
