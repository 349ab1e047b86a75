"""What may be shown to whom, and what several views give away together: to be reviewed as one."""
