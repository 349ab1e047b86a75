"""What is seen of everything at once. Pure Block Kit: data in, blocks out."""
