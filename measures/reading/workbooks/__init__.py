"""Workbooks old, new and open: their cells, and what they say beside their cells."""
