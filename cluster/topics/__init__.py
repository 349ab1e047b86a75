"""What a cluster takes up next: suggested by anybody, and what it has had before."""
