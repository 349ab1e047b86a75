"""The year: all meetings behind and ahead, and where the next ones can lie."""
