"""What is seen of topics. Pure Block Kit: data in, blocks out."""
