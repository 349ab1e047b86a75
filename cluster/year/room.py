"""The list of meetings owes nothing and keeps nothing of its own."""

from cluster.kept import KeptTable
from cluster.message_kinds import MessageKind

Kinds: tuple[MessageKind, ...] = ()
KEPT: dict[str, KeptTable] = {}
