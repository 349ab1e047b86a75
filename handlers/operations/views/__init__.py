"""What is seen of members and practices. Pure Block Kit: data in, blocks out."""
