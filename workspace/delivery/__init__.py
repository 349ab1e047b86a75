"""How the app is told: sockets, signed requests, at least once."""
