"""The tables' history: one migration after another, run by ``storage.migrate``."""
