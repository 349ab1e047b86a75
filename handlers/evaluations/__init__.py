"""How a meeting was: two minutes, in one of two honest grades, told to all when it is over."""
