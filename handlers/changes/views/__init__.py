"""What is seen of what practices change. Pure Block Kit: data in, blocks out."""
