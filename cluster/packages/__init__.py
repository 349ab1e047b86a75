"""Which package a round asks with, and those that a cluster brought itself."""
