"""A verdict on numbers: refuse, ask or accept, and the sentence that says why."""
