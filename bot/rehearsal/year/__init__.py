"""A whole year of a cluster: what the story has, and what comes between its meetings."""
