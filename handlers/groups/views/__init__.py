"""Groups as they are seen."""
