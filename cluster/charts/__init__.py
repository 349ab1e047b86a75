"""When charts are sent, looked at before, opened, recalled, and taken to the meeting."""
