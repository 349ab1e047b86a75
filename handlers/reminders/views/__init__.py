"""What is seen of reminders, of whatever feature. Pure Block Kit: data in, blocks out."""
