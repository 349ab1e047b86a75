"""Klyngemøder: called, answered, reminded of, attended."""
