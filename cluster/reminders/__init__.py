"""Asking again, for every feature: a policy says when as data; the engine owes, hushes, snoozes, and looks again."""
