"""What is seen of meetings. Pure Block Kit: data in, blocks out."""
