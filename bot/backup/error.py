"""What stands in the way of a backup or a restore."""

from __future__ import annotations


class BackupError(Exception):
    """It cannot be done, and nothing was changed unless the words say so. They are for whoever runs the bot."""
