"""What is seen of numbers on their way in. Pure Block Kit: data in, blocks out."""
