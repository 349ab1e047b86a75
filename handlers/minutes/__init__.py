"""Minutes, as people meet them."""
