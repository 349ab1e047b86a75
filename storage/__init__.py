"""Memory: tables, transactions and migrations. The database is schedule, inbox and outbox."""
