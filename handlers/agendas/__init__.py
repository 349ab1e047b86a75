"""The agenda of a meeting: suggested, changed point by point, wished for, shared."""
