"""One object a chart: picture, sentence, table and alternative text from the same numbers."""
