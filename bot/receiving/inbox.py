"""Works off what was kept: in order per person, retried with growing pauses, and never silently given up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta

import structlog

from bot.log import describe
from bot.metrics import Metrics
from bot.receiving.gate import kind_of, new_reference, route_of
from bot.receiving.replies import answer, storable
from bot.running.lease import held
from bot.running.outage import asked_pause, is_away
from bot.running.pump import LOST, MOST_LOST, Pump
from bot.running.versions import CHANGING, NO_ROUTE, Strangers
from cluster.errors import ClusterError
from cluster.members.members import in_charge
from cluster.notices import owe_each
from handlers.context import make_turn
from handlers.feature import FeatureTable, Form, Kept
from handlers.payload import Arrival, read
from handlers.turn import Handler, Tools, Turn
from measures.shares import working_for
from storage import inbox as rows
from storage.database import Database
from storage.models import Inbox
from storage.unit_of_work import AlreadyDone, UnitOfWork

log = structlog.get_logger()

AT_ONCE = 8
KEPT_FREE = 2
"""Places that heavy work never takes."""
MOST_ATTEMPTS = 6
LONGEST_OUTAGE = timedelta(minutes=15)
"""When Slack is away, more attempts are made, but not for ever: what the person did meanwhile waits behind it."""
LONGEST_PAUSE = timedelta(minutes=2)


class InboxWorker:
    """Claims kept arrivals and runs their handlers."""

    def __init__(
        self,
        database: Database,
        tools: Tools,
        routes: FeatureTable,
        *,
        lease: timedelta,
        metrics: Metrics,
        only_quick: bool,
    ) -> None:
        self._database = database
        self._tools = tools
        self._routes = routes
        self._lease = lease
        self._metrics = metrics
        self._heavy = heavy_kinds(routes)
        self._strangers = Strangers()
        self._in_hand: Counter[int] = Counter()
        """How much heavy work is being done for each cluster."""
        self.pump: Pump[Inbox] = Pump(
            "inbox",
            self._claim,
            self._work,
            is_quick=lambda row: row.kind not in self._heavy,
            at_once=AT_ONCE,
            kept_free=AT_ONCE if only_quick else KEPT_FREE,
        )

    async def is_empty(self) -> bool:
        """Whether everything that came in is worked off."""
        return not self.pump.is_busy and await rows.waiting(self._database) == 0

    async def _claim(self, count: int, only_quick: bool) -> Sequence[Inbox]:
        """Clusters with no heavy work in hand go before those with some: nobody waits for another's thirty files."""
        without = self._strangers.kinds + (self._heavy if only_quick else ())
        wall = self._tools.clock.wall()
        taken: list[Inbox] = []
        if served := () if only_quick else tuple(self._in_hand):
            after = rows.After(self._heavy, served)
            taken += await rows.claim(self._database, count, wall=wall, lease=self._lease, without=without, after=after)
        if left := count - len(taken):
            try:
                taken += await rows.claim(self._database, left, wall=wall, lease=self._lease, without=without)
            except Exception:  # what was taken before is not to lie until its lease is over
                if not taken:
                    raise
        return taken

    async def _work(self, row: Inbox, taken: float) -> None:
        structlog.contextvars.bind_contextvars(inbox=row.id, arrival=row.source_id[-12:])
        arrival = read(row.body, self._tools.home)
        if row.lost >= MOST_LOST:
            await self._give_up(row, arrival, LOST)
            return
        handler = self._handler(arrival) if arrival else None
        if arrival is None or handler is None:
            await self._leave(row, arrival)
            return
        try:
            turn = await make_turn(arrival, self._tools, inbox_id=row.id)
            async with held(lambda: self._renew(row), self._lease, taken):
                with self._sharing(row, turn):
                    await self._run(handler, turn, arrival)
            waited = (self._tools.clock.wall() - row.received_at).total_seconds()
            log.info("inbox.done", route=arrival.name, attempt=row.attempts, seconds=round(waited, 3))
            self._metrics.worked(arrival.kind, "done", waited)
        except AlreadyDone:
            log.warning("inbox.overtaken")
        except Exception as error:
            await self._failed(row, arrival, error)

    @contextmanager
    def _sharing(self, row: Inbox, turn: Turn) -> Iterator[None]:
        """Remembers for whom work is done, and that it is heavy, as long as it goes on."""
        whose = turn.cluster.id if turn.cluster is not None else None
        working_for.set(whose if whose is not None else row.person)
        if whose is None or row.kind not in self._heavy:
            yield
            return
        self._in_hand[whose] += 1
        try:
            yield
        finally:
            self._in_hand[whose] -= 1
            self._in_hand += Counter()  # those with nothing in hand are not kept

    async def _leave(self, row: Inbox, arrival: Arrival | None) -> None:
        """A route of a newer version, which is being put in our place just now; or of an older one, and nobody's."""
        wall = self._tools.clock.wall()
        if self._database.is_sqlite or wall - row.received_at > CHANGING:
            await self._give_up(row, arrival, NO_ROUTE)
            return
        log.warning("inbox.not_ours", kind=row.kind)
        self._strangers.meet(row.kind)
        await rows.hand_back(self._database, row.id, until=wall, error=NO_ROUTE)

    async def _renew(self, row: Inbox) -> bool:
        """Never lost: when somebody else was quicker after all, the commit finds out and keeps nothing."""
        await rows.renew(self._database, row.id, until=self._tools.clock.wall() + self._lease)
        return True

    def _handler(self, arrival: Arrival) -> Handler | None:
        route = route_of(self._routes, arrival)
        if isinstance(route, Form):
            return route.apply
        return route.run if isinstance(route, Kept) else None

    async def _run(self, handler: Handler, turn: Turn, arrival: Arrival) -> None:
        try:
            await handler(turn)
        except ClusterError as error:
            async with turn.unit() as uow:
                await answer(uow, turn, arrival, "answer.error", code=error.code, params=storable(error.params))
                await uow.commit()
            return
        if not turn.is_settled:  # there was nothing to change
            async with turn.unit() as uow:
                await uow.commit()

    async def _failed(self, row: Inbox, arrival: Arrival, error: Exception) -> None:
        log.error("inbox.failed", attempt=row.attempts, route=arrival.name, error=describe(error))
        wall = self._tools.clock.wall()
        may_wait = is_away(error) and wall - row.received_at < LONGEST_OUTAGE
        if row.attempts >= MOST_ATTEMPTS and not may_wait:
            await self._give_up(row, arrival, describe(error))
            return
        self._metrics.worked(arrival.kind, "failed")
        pause = min(max(timedelta(seconds=2 ** min(row.attempts - 1, 10)), asked_pause(error)), LONGEST_PAUSE)
        await rows.put_off(self._database, row.id, until=wall + pause, error=describe(error))
        self.pump.wake_in(pause)

    async def _give_up(self, row: Inbox, arrival: Arrival | None, error: str) -> None:
        reference = new_reference()
        log.error("inbox.dead", reference=reference, error=error)
        self._metrics.worked(arrival.kind if arrival else "unknown", "dead")
        turn = await make_turn(arrival, self._tools, inbox_id=row.id) if arrival else None
        async with self._tools.unit(None) as uow:
            await rows.bury(uow.session, row.id, error=f"{reference} {error}", now=self._tools.clock.wall())
            if turn is not None and arrival is not None:
                await answer(uow, turn, arrival, "answer.trouble", reference=reference)
                await self._tell_coordinators(uow, turn, reference)
            await uow.commit()

    async def _tell_coordinators(self, uow: UnitOfWork, turn: Turn, reference: str) -> None:
        if turn.cluster is not None:
            here, key = turn.cluster.id, f"unworked:{turn.inbox_id}"
            people = await in_charge(uow, here)
            await owe_each(uow, "bot.unworked", people, key=key, now=turn.now, cluster_id=here, reference=reference)


def heavy_kinds(routes: FeatureTable) -> tuple[str, ...]:
    """Kinds of kept arrivals whose work takes its time."""
    tables: dict[str, Mapping[str, object]] = {
        "command": routes.commands,
        "action": routes.actions,
        "event": routes.events,
        "form": routes.forms,
    }
    return tuple(sorted(kind_of(kind, name) for kind, table in tables.items() for name in routes.heavy & table.keys()))
