"""Sends what we owe: claims with a lease, looks at the state again, renders, sends, marks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.log import describe
from bot.metrics import Metrics
from bot.running.lease import held
from bot.running.outage import is_away
from bot.running.pump import LOST, MOST_LOST, Pump
from bot.running.versions import CHANGING, NO_ROUTE, Strangers
from bot.sending.pacing import TooFast
from bot.sending.places import NotThere
from bot.sending.posting import Gone, Poster
from cluster.members.belonging import account_of
from cluster.members.members import in_charge
from cluster.message_kinds import Audience
from cluster.notices import ANSWER, NotNow, Owed, owe_each, owed_of
from cluster.onboarding import departing
from handlers.feature import FeatureTable
from handlers.turn import Tools
from measures.shares import working_for
from storage import outbox as rows
from storage.database import Database
from storage.models import Cluster, Member, Outbox
from storage.words import How, OutboxState

log = structlog.get_logger()

AT_ONCE = 8
KEPT_FREE = 2
"""Places that only answers take."""
MOST_ATTEMPTS = 8
"""For what is our own or Slack's lasting refusal; an outage is waited out however long it takes."""
LONGEST_PAUSE = timedelta(minutes=5)
PATIENCE = 10.0
"""Seconds that what comes behind waits for Slack's pause with files; our own pace asks for less."""
BREATH = 1.0
"""Seconds for which the place of a row that came too early stays empty: a wave of thousands would otherwise be taken
and put back in a circle as long as Slack wants to be left alone."""
OWN_NEWS = "bot."
LEFT_SLACK = "user_disabled"
HOPELESS = frozenset(
    [
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "user_not_found",
        LEFT_SLACK,
        "cannot_dm_bot",
        "messages_tab_disabled",
        "restricted_action",
        "no_permission",
        "missing_scope",
        "invalid_blocks",
        "invalid_arguments",
        "msg_too_long",
        "thread_not_found",
        "msg_blocks_too_long",
        "no_text",
        "view_too_large",
        "not_enabled",
        "unknown_method",
    ]
)
"""Answers that no repetition changes."""
GATEWAY = frozenset(["http_502", "http_504"])
"""Somebody in between lost patience; Slack may still be at it."""


class Sender:
    """Works off the outbox."""

    def __init__(
        self,
        database: Database,
        tools: Tools,
        routes: FeatureTable,
        poster: Poster,
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
        self._heavy = tuple(sorted(routes.heavy & routes.notices.keys()))
        self._strangers = Strangers()
        self._poster = poster
        self._ways = {
            How.POST: poster.post,
            How.UPDATE: poster.update,
            How.EDIT: poster.edit,
            How.HOME: poster.home,
            How.STEP: self._step,
        }
        self.pump: Pump[Outbox] = Pump(
            "outbox",
            self._claim,
            self._work,
            is_quick=self._is_quick,
            at_once=AT_ONCE,
            kept_free=AT_ONCE if only_quick else KEPT_FREE,
        )

    async def is_empty(self) -> bool:
        """Whether everything that is due by now has been sent."""
        return not self.pump.is_busy and await rows.due(self._database, now=self._tools.clock.now()) == 0

    async def _claim(self, count: int, only_quick: bool) -> Sequence[Outbox]:
        clock = self._tools.clock
        only: dict[str, Any] = {"without": self._strangers.kinds}
        if only_quick:
            only = {"urgencies": (ANSWER,), "without": self._strangers.kinds + self._heavy}
        return await rows.claim(self._database, count, now=clock.now(), wall=clock.wall(), lease=self._lease, **only)

    def _is_quick(self, row: Outbox) -> bool:
        return row.urgency == ANSWER and row.kind not in self._heavy

    async def _work(self, row: Outbox, taken: float) -> None:
        structlog.contextvars.bind_contextvars(outbox=row.id, kind=row.kind, inbox=row.inbox_id)
        working_for.set(row.cluster_id)
        if row.lost >= MOST_LOST:
            await self._settle(row, OutboxState.DEAD, LOST)
            return
        owed = owed_of(row)
        try:
            is_late = _is_useless(owed, self._tools.clock.now())
            if not is_late and not self._is_known(row):
                await self._leave(row)
                return
            async with held(lambda: self._renew(row), self._lease, taken):
                if is_late and not (row.how == How.POST and await self._poster.has_arrived(row)):
                    await self._settle(row, OutboxState.MISSED, "too late")
                    return
                state = await self._ways[row.how](row, owed)
            await self._settle(row, state)
        except NotNow as later:
            await self._give_back(row, due_at=later.until)
        except TooFast as fast:
            pause = timedelta(seconds=fast.seconds)
            lane = self._lane_of(row) if fast.seconds > PATIENCE else row.lane
            await self._give_back(row, next_at=self._wall() + pause, lane=lane)
            self.pump.wake_in(pause)
            await asyncio.sleep(min(fast.seconds, BREATH))
        except (NotThere, Gone) as reason:
            await self._settle(row, OutboxState.DROPPED, str(reason))
        except Exception as error:
            await self._failed(row, error)
        finally:
            self._poster.uploads.forget(row.id)

    def _is_known(self, row: Outbox) -> bool:
        return row.how in self._ways and row.kind in (
            self._routes.steps if row.how == How.STEP else self._routes.notices
        )

    async def _leave(self, row: Outbox) -> None:
        """A kind of a newer version, which is being put in our place just now; or of an older one, and nobody's."""
        since = self._tools.clock.now() - max(row.due_at, row.created_at)
        if self._database.is_sqlite or since > CHANGING:
            await self._settle(row, OutboxState.DEAD, NO_ROUTE)
            return
        log.warning("send.not_ours")
        self._strangers.meet(row.kind)
        await self._give_back(row, next_at=self._wall())

    async def _renew(self, row: Outbox) -> bool:
        """What is slow with its files lets the others pass while it is at it."""
        lane = self._lane_of(row)
        is_ours = await rows.renew(self._database, row.id, until=self._wall() + self._lease, lane=lane)
        if is_ours and lane != row.lane:
            row.lane = lane
            self.pump.wake()
        return is_ours

    def _lane_of(self, row: Outbox) -> str:
        """Its lane as it should be: a row that has had its try with files, and failed or is slow, steps aside."""
        steps_aside = self._poster.uploads.is_busy(row.id) and row.how in {How.POST, How.EDIT}
        return rows.aside(row) if steps_aside else row.lane

    async def _step(self, row: Outbox, owed: Owed) -> OutboxState:
        async with self._tools.unit(None) as uow:
            if await rows.mark(uow.session, row.id, **self._done(OutboxState.SENT)):
                await self._routes.steps[row.kind].run(uow, owed, self._tools)
                await uow.commit()
        return OutboxState.SENT

    async def _failed(self, row: Outbox, error: Exception) -> None:
        code = str(error.response.get("error")) if isinstance(error, SlackApiError) else ""
        log.warning("send.failed", attempt=row.attempts, error=describe(error))
        if code == LEFT_SLACK and row.member_id is not None:
            await self._left_slack(row, row.member_id)
            return
        if code in HOPELESS and self._routes.audiences.get(row.kind) is Audience.LEFT:
            await self._settle(row, OutboxState.DROPPED, code)  # they can't be reached, and nobody can put that right
            return
        if code in HOPELESS or (row.attempts >= MOST_ATTEMPTS and not is_away(error)):
            await self._settle(row, OutboxState.DEAD, code or describe(error))
            return
        self._metrics.sent(row.how, "failed")
        pause = min(timedelta(seconds=2 ** min(row.attempts - 1, 10)), LONGEST_PAUSE)
        is_on_its_way = isinstance(error, aiohttp.ClientError | OSError | TimeoutError) or code in GATEWAY
        if is_on_its_way or (is_away(error) and any(not entry["inline"] for entry in row.file_ids)):
            pause = max(pause, self._lease)  # what we gave up on may be there later: Slack works on files for a while
        async with self._database.write() as session:
            until, why = self._wall() + pause, (code or describe(error))[:500]
            await rows.mark(
                session, row.id, row.attempts, leased_until=None, next_at=until, error=why, lane=self._lane_of(row)
            )
            await session.commit()
        self.pump.wake_in(pause)

    async def _left_slack(self, row: Outbox, member_id: int) -> None:
        """Somebody was deactivated while we were not listening: nothing more is sent, and the coordinators hear who."""
        async with self._tools.unit(None) as uow:
            if not await rows.mark(uow.session, row.id, error=LEFT_SLACK, **self._done(OutboxState.DROPPED)):
                return
            member = await uow.session.get(Member, member_id)
            cluster = await uow.session.get(Cluster, member.cluster_id) if member is not None else None
            account = account_of(member) if member is not None else None
            if account is not None and cluster is not None:
                await departing.left_slack(uow, cluster.team_id, account, now=self._tools.clock.now())
            await uow.commit()
        self._count(row, OutboxState.DROPPED)

    async def _give_back(self, row: Outbox, **values: datetime | str) -> None:
        """Nothing was sent: as if it had not been taken."""
        async with self._database.write() as session:
            await rows.mark(session, row.id, row.attempts, leased_until=None, attempts=row.attempts - 1, **values)
            await session.commit()

    async def _settle(self, row: Outbox, state: OutboxState, reason: str = "") -> None:
        async with self._tools.unit(None) as uow:
            settled = await rows.mark(uow.session, row.id, error=reason[:500], **self._done(state))
            if settled and state in {OutboxState.DEAD, OutboxState.MISSED}:
                log.error("send.given_up", state=state, reason=reason)
                if row.cluster_id is not None and not row.kind.startswith(OWN_NEWS):
                    await owe_each(
                        uow,
                        "bot.undelivered",
                        await in_charge(uow, row.cluster_id),
                        key=f"undelivered:{row.id}:{self._wall():%Y%m%d%H%M%S%f}",
                        now=self._tools.clock.now(),
                        cluster_id=row.cluster_id,
                        why=state,
                        row=row.id,
                        due=row.due_at.isoformat(),
                        reason=reason,
                    )
            if settled:
                await uow.commit()
        if settled or row.how == How.STEP:  # a step has settled its row itself
            self._count(row, state)

    def _count(self, row: Outbox, state: OutboxState) -> None:
        late = (self._tools.clock.now() - max(row.due_at, row.created_at)).total_seconds()
        log.info("outbox.done", state=state, attempt=row.attempts, late=round(late, 3))
        self._metrics.sent(row.how, state, urgency=row.urgency, late=late if state == OutboxState.SENT else None)

    def _done(self, state: OutboxState) -> dict[str, Any]:
        return {"state": state, "leased_until": None, "done_at": self._wall()}

    def _wall(self) -> datetime:
        return self._tools.clock.wall()


def _is_useless(owed: Owed, now: datetime) -> bool:
    until = owed.params.get("useless_after")
    return until is not None and now > datetime.fromisoformat(until)
