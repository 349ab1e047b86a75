"""How a table is laid out: fields side by side, below each other, turned, torn in two or shifted."""
