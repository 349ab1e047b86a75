"""The Web API methods by name: one module for each family of them."""

from __future__ import annotations

from workspace.methods import app, chat, conversations, files, reactions, scheduled, users, views
from workspace.methods.call import Method

METHODS: dict[str, Method] = {
    **app.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **reactions.METHODS,
    **scheduled.METHODS,
    **users.METHODS,
    **views.METHODS,
}
