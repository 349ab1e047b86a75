"""What is seen of evaluations. Pure Block Kit: data in, blocks out."""
