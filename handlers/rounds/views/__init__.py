"""What is seen of rounds. Pure Block Kit: data in, blocks out."""
