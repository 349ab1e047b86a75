"""Asking for numbers: what, about when, of whom, how far it has come, and what was agreed afterwards."""
