"""From Slack to the inbox: the socket, signed requests, the door, what is scrubbed, files that are fetched."""
