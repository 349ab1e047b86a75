"""What people write and drop without pressing anything: understood, and handed to the room it is for."""
