"""Pages for print and projector as PDF, with everything that reading aloud needs."""
