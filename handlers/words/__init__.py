"""What plain words mean: sentence templates of every feature, matched word by word, with no guess in it."""
