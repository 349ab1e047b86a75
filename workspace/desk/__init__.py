"""The desk: what people do and see, by a JSON door of its own."""
