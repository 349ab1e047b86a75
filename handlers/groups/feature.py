"""Groups: everything that they listen to and can say."""

from handlers.groups.groups import feature

__all__ = ["feature"]
