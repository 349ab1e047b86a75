"""Strokes, letters and colours on a plane or on a page: nothing here knows what is drawn."""
