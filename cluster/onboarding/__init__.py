"""How a cluster begins, gets its list of members, and welcomes them."""
