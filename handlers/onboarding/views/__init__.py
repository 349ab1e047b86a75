"""What is seen while a cluster begins. Pure Block Kit: data in, blocks out."""
