"""The meeting's deck and a practice's handout: pages without a format, and the formats."""
