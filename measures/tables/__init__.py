"""What a table means: which cell answers which field for whom and when, and what stands beside it."""
