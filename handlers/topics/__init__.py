"""What a cluster takes up next: suggestions, and what it has had."""
