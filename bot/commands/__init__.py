"""What `klynge` can be told, one module for each group of commands."""
