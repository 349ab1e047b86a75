"""Modals and App Homes: what each person has open, hashes, and the rules of updating and stacking."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workspace.blockkit.blocks import check_view, dressed
from workspace.blockkit.values import initial, stateful
from workspace.events.images import check_images, show_to
from workspace.state.errors import Json, SlackError

if TYPE_CHECKING:
    from workspace.world import Workspace

DEEPEST = 3


@dataclass
class View:
    """One modal or home as the app described it, and what the person put in."""

    id: str
    person: str
    body: Json
    hash: str
    previous: str | None = None
    root: str = ""
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    offered: dict[str, list[Json]] = field(default_factory=dict)  # action_id → options an external select was given

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    def fresh_state(self) -> None:
        """States of the elements there are now; an input with the same ids keeps what was put in."""
        kept, self.state = self.state, {}
        for block, element in stateful(self.blocks):
            block_id, action_id = block["block_id"], element["action_id"]
            before = kept.get(block_id, {}).get(action_id)
            same = before is not None and before.get("type") == element["type"]
            self.state.setdefault(block_id, {})[action_id] = before if same and before else initial(element)


class Views:
    """Every open modal stack (top last) and every published home, by person."""

    def __init__(self, world: Workspace) -> None:
        self._world = world
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, person: str) -> list[View]:
        return self.stacks.setdefault(person, [])

    def open(self, person: str, body: Json) -> View:
        """A modal as the only one of a new stack."""
        self._check(body, "modal")
        view = self._make(person, body)
        self.stacks[person] = [view]
        self._tell(person)
        return view

    def push(self, person: str, body: Json) -> View:
        """A modal on top of the open ones; three at most."""
        self._check(body, "modal")
        stack = self.stack(person)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= DEEPEST:
            raise SlackError("push_limit_reached")
        view = self._make(person, body)
        view.previous, view.root = stack[-1].id, stack[0].id
        stack.append(view)
        self._tell(person)
        return view

    def replace(self, view: View, body: Json, expected_hash: str | None = None) -> View:
        """New content for an open view; a stale hash is a conflict."""
        self._check(body, str(view.body["type"]))
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        view.body = self._dressed(body, skip=view)
        view.hash = self._hash()
        view.fresh_state()
        show_to(self._world, view.blocks, view.person)
        self._tell(view.person, str(body["type"]))
        return view

    def publish(self, person: str, body: Json, expected_hash: str | None = None) -> View:
        """A person's App Home."""
        self._check(body, "home")
        home = self.homes.get(person)
        if home is not None:
            return self.replace(home, body, expected_hash)
        self.homes[person] = self._make(person, body)
        self._tell(person, "home")
        return self.homes[person]

    def find(self, view_id: str | None, external_id: str | None = None) -> View:
        """An open view by its id or the app's own id."""
        for view in [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]:
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def close(self, view: View, *, everything: bool = False) -> None:
        """Close a modal and what lies on top of it, or the whole stack."""
        stack = self.stack(view.person)
        keep = 0 if everything else next((at for at, each in enumerate(stack) if each is view), len(stack))
        del stack[keep:]
        self._tell(view.person)

    def shape(self, view: View) -> Json:
        """The view object the app sees."""
        is_home = view.body["type"] == "home"
        return {
            "id": view.id,
            "team_id": self._world.team_id,
            "app_id": self._world.app_id,
            "app_installed_team_id": self._world.team_id,
            "bot_id": self._world.bot_id,
            "type": view.body["type"],
            "callback_id": view.body.get("callback_id", ""),
            "external_id": view.body.get("external_id", ""),
            "private_metadata": view.body.get("private_metadata", ""),
            "title": view.body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "submit": view.body.get("submit"),
            "close": view.body.get("close"),
            "blocks": view.blocks,
            "state": {"values": copy.deepcopy(view.state)},  # what was in it at this moment
            "hash": view.hash,
            "clear_on_close": bool(view.body.get("clear_on_close", False)),
            "notify_on_close": bool(view.body.get("notify_on_close", False)),
            "submit_disabled": bool(view.body.get("submit_disabled", False)) and not is_home,
            "root_view_id": view.root,
            "previous_view_id": view.previous,
        }

    def _check(self, body: Any, kind: str) -> None:
        if self._world.settings.enforce_limits:
            check_view(body)
        if not isinstance(body, dict) or body.get("type") != kind:
            raise SlackError(
                "invalid_arguments",
                response_metadata={"messages": [f"[ERROR] must be of type {kind} [json-pointer:/view/type]"]},
            )
        check_images(self._world, body.get("blocks") or [], "invalid_arguments")

    def _make(self, person: str, body: Json) -> View:
        view_id = self._world.ids.fresh("V")
        view = View(view_id, person, self._dressed(body), self._hash(), root=view_id)
        view.fresh_state()
        show_to(self._world, view.blocks, person)
        return view

    def _dressed(self, body: Json, skip: View | None = None) -> Json:
        external = body.get("external_id")
        if external:
            others = [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]
            if any(view is not skip and view.body.get("external_id") == external for view in others):
                raise SlackError("duplicate_external_id")
        return body | {"blocks": dressed(body.get("blocks") or [], self._world.ids)}

    def _hash(self) -> str:
        return f"{self._world.epoch()}.{self._world.ids.secret(8)}"

    def _tell(self, person: str, kind: str = "modal") -> None:
        self._world.notes.tell("home" if kind == "home" else "view", people=[person])
