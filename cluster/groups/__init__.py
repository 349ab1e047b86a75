"""Who sits with whom at a meeting: groups from those who came, their questions, and what they say to all."""
