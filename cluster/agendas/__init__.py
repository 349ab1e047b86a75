"""What a meeting is to be about, and when: the agenda before the meeting, and its points."""
