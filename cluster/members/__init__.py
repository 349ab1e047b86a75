"""Who is in a cluster, where they work, what they agreed to, and what is kept about them."""
