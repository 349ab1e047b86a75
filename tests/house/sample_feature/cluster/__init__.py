"""What stands in a room of ``cluster/``, and its tables as they would stand in ``storage/tables/``."""
