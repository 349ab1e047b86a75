"""What keeps the program going: workers, leases, the leader, ticks, the computing beside it."""
