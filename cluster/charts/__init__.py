"""When charts are sent, looked at before, opened, called back, and taken to the meeting."""
