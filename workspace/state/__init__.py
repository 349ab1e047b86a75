"""What the stand-in remembers: people, conversations, messages, files, and how strict it is."""
