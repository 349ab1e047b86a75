"""Workbooks that we write: the template, the marked copy, plain tables."""
