"""Checking in as it is seen."""
