"""From the bytes somebody sent to plain cells, and to finding persons in them: nothing is decided about meaning."""
