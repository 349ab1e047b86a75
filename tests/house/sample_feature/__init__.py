"""A small feature, complete: how a meeting was, asked without names. No part of the program; docs and tests read it."""
