"""What is seen of packages. Pure Block Kit: data in, blocks out."""
