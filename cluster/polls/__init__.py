"""Finding a date: several are put to everybody, each says when, and one becomes a meeting."""
