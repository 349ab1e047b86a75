"""Minutes as they are seen."""
