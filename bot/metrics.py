"""What those who watch over us may count. Labels name kinds of things only: never a person, a place or a word."""

from __future__ import annotations

from itertools import product

from cluster.notices import ANSWER, BULK, ORDINARY
from storage.backlog import Backlog
from storage.words import How, InboxState, OutboxState

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600)
WORKED = (("command", "action", "event", "form", "unknown"), (InboxState.DONE, "failed", InboxState.DEAD))
SETTLED = (OutboxState.SENT, OutboxState.DROPPED, OutboxState.MISSED, OutboxState.DEAD)
SENT = (tuple(How), (*SETTLED, "failed"))
CALLED = (("chat_postMessage", "chat_update", "views_publish"), ("ok", "ratelimited", "refused", "unreachable"))
URGENCIES: dict[int, str] = {ANSWER: "answer", ORDINARY: "ordinary", BULK: "bulk"}


class Metrics:
    """Counters of one process and, read at each look, the state of the database that all processes share."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = CollectorRegistry()
        self._labels: dict[str, tuple[str, ...]] = {}

        def counter(name: str, about: str, *labels: str) -> Counter:
            self._labels[name] = labels
            return Counter(f"klynge_{name}", about, labels, registry=self.registry)

        def gauge(name: str, about: str, *labels: str) -> Gauge:
            self._labels[name] = labels
            return Gauge(f"klynge_{name}", about, labels, registry=self.registry)

        def histogram(name: str, about: str, *labels: str) -> Histogram:
            self._labels[name] = labels
            return Histogram(f"klynge_{name}", about, labels, registry=self.registry, buckets=SECONDS)

        self._calls = counter("calls", "Calls of Slack's Web API by the sender", "method", "outcome")
        self._limited = counter("rate_limited", "Answers 429 of Slack", "method")
        self._worked = counter("worked", "Arrivals worked on", "kind", "outcome")
        self._work_seconds = histogram("work_seconds", "From an arrival being kept to its work being done", "kind")
        self._sent = counter("sent", "Rows of the outbox worked on", "how", "outcome")
        self._send_seconds = histogram("send_seconds", "From a message being due to its being sent", "urgency")
        self._sockets = counter("socket_connections", "Connections that Slack greeted")
        self._rebuilds = counter("socket_rebuilds", "Sockets thrown away because they were silent")
        self._restarts = counter("compute_restarts", "Drawing processes that died and were replaced")
        self._deleted = counter("deleted", "Rows deleted because they had been kept long enough", "table")
        self._up = gauge("database_up", "Whether the database answers")
        self._connected = gauge("socket_connected", "Whether the socket is open; in http mode always 1")
        self._inbox_waiting = gauge("inbox_waiting", "Arrivals that wait for their work")
        self._inbox_oldest = gauge("inbox_oldest_seconds", "Age of the oldest arrival that waits")
        self._outbox_due = gauge("outbox_due", "Messages that ought to have been sent by now", "urgency")
        self._outbox_oldest = gauge("outbox_oldest_seconds", "How late the oldest of them is", "urgency")
        self._dead = gauge("dead_letters", "Rows given up and not yet looked after", "box")
        self._begin_at_zero()

    def _begin_at_zero(self) -> None:
        """An alert on an increase sees the first trouble only where a nought stood before it."""
        for counter, (kinds, outcomes) in ((self._worked, WORKED), (self._sent, SENT), (self._calls, CALLED)):
            for kind, outcome in product(kinds, outcomes):
                counter.labels(kind, outcome)
        for method in CALLED[0]:
            self._limited.labels(method)

    def called(self, method: str, outcome: str) -> None:
        """One call of Slack: ok | ratelimited | refused | unreachable."""
        self._calls.labels(method, outcome).inc()
        if outcome == "ratelimited":
            self._limited.labels(method).inc()

    def worked(self, kind: str, outcome: str, seconds: float | None = None) -> None:
        """One try at an arrival (command | action | event | form): done | failed | dead, and how long it had waited."""
        self._worked.labels(kind, outcome).inc()
        if seconds is not None:
            self._work_seconds.labels(kind).observe(max(0.0, seconds))

    def sent(self, how: str, outcome: str, *, urgency: int = ORDINARY, late: float | None = None) -> None:
        """One try at a row of the outbox: sent | dropped | missed | dead | failed, and how late it went."""
        self._sent.labels(how, outcome).inc()
        if late is not None:
            self._send_seconds.labels(URGENCIES[urgency]).observe(max(0.0, late))

    def greeted(self) -> None:
        """Slack said hello on a socket."""
        self._sockets.inc()

    def rebuilt(self) -> None:
        """A silent socket was thrown away."""
        self._rebuilds.inc()

    def restarted(self) -> None:
        """A drawing process died and was replaced."""
        self._restarts.inc()

    def deleted(self, table: str, count: int) -> None:
        """Rows went because they had been kept long enough."""
        self._deleted.labels(table).inc(count)

    def look(self, backlog: Backlog | None, *, connected: bool) -> None:
        """The state as it is now; None when the database does not answer, whose old figures are then left out."""
        self._up.set(backlog is not None)
        self._connected.set(connected)
        for each in (self._outbox_due, self._outbox_oldest, self._dead):
            each.clear()
        inbox = backlog.inbox if backlog else None
        self._inbox_waiting.set(inbox.count if inbox else float("nan"))
        self._inbox_oldest.set(inbox.oldest if inbox else float("nan"))
        for urgency, queue in (backlog.outbox if backlog else {}).items():
            self._outbox_due.labels(URGENCIES[urgency]).set(queue.count)
            self._outbox_oldest.labels(URGENCIES[urgency]).set(queue.oldest)
        for box, count in (backlog.dead if backlog else {}).items():
            self._dead.labels(box).set(count)

    def page(self) -> bytes:
        """Everything as Prometheus reads it."""
        from prometheus_client import generate_latest

        return generate_latest(self.registry)

    def names(self) -> set[str]:
        """Every name that the page may show, for those who check boards and alerts against it."""
        found: set[str] = set()
        for family in self.registry.collect():
            endings: dict[str, tuple[str, ...]] = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
            found |= {family.name + ending for ending in endings.get(family.type, ("",))}
        return found

    def labels(self) -> dict[str, tuple[str, ...]]:
        """Every family of figures with its labels."""
        return dict(self._labels)
