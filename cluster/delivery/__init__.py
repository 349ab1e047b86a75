"""Whom a message is for, asked again when it is sent, and what changes hands with a role."""
