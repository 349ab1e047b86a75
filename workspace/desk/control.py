"""The other half of the desk: clock, failures, sockets, delivery, settings, and looking at everything."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from workspace.events.payloads import event_callback
from workspace.state.clock import COPENHAGEN, next_morning, real_now
from workspace.state.errors import Json, SlackError
from workspace.state.traffic import masked

if TYPE_CHECKING:
    from workspace.desk.desk import Handler
    from workspace.world import Workspace


async def clock(world: Workspace, _args: Json) -> Json:
    now = world.now()
    return {"now": now.isoformat(), "offset_seconds": (now - real_now()).total_seconds()}


async def set_clock(world: Workspace, args: Json) -> Json:
    """Move the story (`to`, `forward`, `jump`), or let waiting time pass at once (`pace` seconds)."""
    now = world.now()
    if "to" in args:
        try:
            moment = datetime.fromisoformat(str(args["to"]))
        except ValueError:
            raise SlackError("bad_time", detail=str(args["to"])) from None
        world.move_clock(moment if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN))
    elif "forward" in args:
        world.move_clock(now + timedelta(seconds=float(args["forward"])))
    elif args.get("jump") == "next morning":
        world.move_clock(next_morning(now))
    elif "pace" in args:
        world.pace.skip(float(args["pace"]))
    else:
        raise SlackError("bad_time", detail="one of: to, forward, jump, pace")
    return await clock(world, {})


async def failures(world: Workspace, _args: Json) -> Json:
    return {"failures": world.failures.shape()}


async def add_failure(world: Workspace, args: Json) -> Json:
    return {"id": world.failures.add(args).id}


async def clear_failures(world: Workspace, _args: Json) -> Json:
    world.failures.clear()
    return {}


async def sockets(world: Workspace, args: Json) -> Json:
    """Disconnect with a reason, drop without a word, or fall silent."""
    if "silence" in args:
        world.sockets.silent = bool(args["silence"])
    elif args.get("drop"):
        return {"sockets": await world.sockets.drop()}
    elif "disconnect" in args:
        return {"sockets": await world.sockets.disconnect(str(args["disconnect"]))}
    return {"sockets": world.sockets.count}


async def delivery(world: Workspace, args: Json) -> Json:
    """Duplicate the next events, send a past one again, or let the next one be overtaken."""
    if "duplicate_next" in args:
        world.deliveries.duplicate_next(int(args["duplicate_next"]))
    elif "redeliver" in args:
        return {"delivery": world.deliveries.redeliver(str(args["redeliver"]))}
    elif args.get("reorder"):
        world.deliveries.reorder()
    return {}


async def deliveries(world: Workspace, _args: Json) -> Json:
    return {"deliveries": world.deliveries.past()}


async def unsigned(world: Workspace, args: Json) -> Json:
    """A copy of a harmless event that the app must refuse; `how`: unsigned, wrong, stale, tampered (or signed)."""
    if world.http_target is None:
        raise SlackError("no_http_target")
    event = {"type": "app_home_opened", "user": world.bot_user_id, "channel": "D0000000000", "tab": "about"}
    payload = event_callback(world, event | {"event_ts": world.fresh_ts()})
    return {"status": await world.posts.send_suspicious(str(args.get("how") or "unsigned"), payload)}


async def settings(world: Workspace, _args: Json) -> Json:
    return {"settings": world.settings.shape()}


async def set_settings(world: Workspace, args: Json) -> Json:
    world.settings.change(args)
    return await settings(world, {})


async def target(world: Workspace, args: Json) -> Json:
    """Deliver by signed HTTP to `url`, or by Socket Mode when it is null."""
    world.http_target = args.get("url")
    return {"url": world.http_target}


async def traffic(world: Workspace, args: Json) -> Json:
    rows: list[Json] = []
    for row in world.traffic.after(int(args.get("after") or 0)):
        rows.append(row | {"request": masked(row["request"]), "response": masked(row["response"])})
        if len(rows) % 200 == 0:
            await asyncio.sleep(0)  # a long record must not keep others waiting
    return {"traffic": rows, "seq": world.traffic.seq}


async def pending(world: Workspace, _args: Json) -> Json:
    waiting = {"deliveries": world.deliveries.waiting, "uploads": world.files.waiting()}
    return {**waiting, "sockets": world.sockets.count}


async def everything(world: Workspace, _args: Json) -> Json:
    return world.everything()


async def revoke(world: Workspace, args: Json) -> Json:
    """The workspace takes the app's token back (`tokens`) or uninstalls the app (`uninstall`)."""
    stamp = {"event_ts": world.fresh_ts()}
    tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [world.bot_user_id]}}
    if args.get("kind") == "uninstall":
        world.deliveries.event({"type": "app_uninstalled", **stamp})
        world.deliveries.event(tokens | stamp)
        world.refused_tokens[world.bot_token] = "account_inactive"
    else:
        world.deliveries.event(tokens | stamp)
        world.refused_tokens[world.bot_token] = "token_revoked"
    return {}


async def install(world: Workspace, _args: Json) -> Json:
    """Somebody approved the app: a code for oauth.v2.access; revoked tokens work again."""
    code = f"{world.ids.number(12)}.{world.ids.number()}.{world.ids.secret(40)}"
    world.install_codes.add(code)
    world.refused_tokens.clear()
    return {"code": code}


GET: dict[str, Handler] = {
    "clock": clock,
    "failures": failures,
    "deliveries": deliveries,
    "settings": settings,
    "traffic": traffic,
    "pending": pending,
    "everything": everything,
}
POST: dict[str, Handler] = {
    "clock": set_clock,
    "failures": add_failure,
    "sockets": sockets,
    "delivery": delivery,
    "unsigned": unsigned,
    "settings": set_settings,
    "target": target,
    "revoke": revoke,
    "install": install,
}
DELETE: dict[str, Handler] = {"failures": clear_failures}
