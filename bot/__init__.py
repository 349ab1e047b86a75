"""The program: settings, start and stop, the inbox and the outbox. Nobody imports it."""
