"""How a meeting was: asked of those who were there, answered without a name, told when it is over."""
