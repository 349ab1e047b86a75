"""What the demo by hand tells beside the workspace: who one is, what just happened, what to try next."""
