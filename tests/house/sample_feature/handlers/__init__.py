"""What stands in a room of ``handlers/``."""
