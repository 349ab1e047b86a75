"""Pure Block Kit: data in, blocks out. No decisions, no questions to the database."""
