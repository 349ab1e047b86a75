"""Checking in: everything that it listens to and can say."""

from handlers.checkin.checkin import feature

__all__ = ["feature"]
