"""The tables, by what they are about; `storage.models` has them all by name."""
