"""Numbers on their way in: typed, in a form, in a file; judged, doubted, refused, kept."""
