"""What is seen of charts. Pure Block Kit: data in, blocks out."""
