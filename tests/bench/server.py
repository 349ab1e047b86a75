"""A server to knock on, in a process of its own: `python -m tests.bench.server bare|one|all`.

`bare` is aiohttp answering an empty 200; `all` is our whole program in http mode; `one` the same with one feature.
The first line on standard output says where it is and what it signs with.
"""

import asyncio
import json
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import web

from bot import log
from bot.app import build
from bot.settings import Settings
from handlers import TABLE
from handlers.feature import Command, Feature, FeatureTable, merge
from workspace import Workspace


async def bare(stack: AsyncExitStack) -> dict[str, str]:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response()

    site = web.Application()
    site.router.add_post("/slack/events", answer)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return {"url": f"http://{host}:{port}", "secret": "none"}


async def ours(stack: AsyncExitStack, routes: FeatureTable) -> dict[str, str]:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    world = Workspace()
    stand_in = await world.serve(port=0)
    stack.push_async_callback(stand_in.close)
    settings = Settings(
        slack_bot_token=world.bot_token,
        slack_signing_secret=world.signing_secret,
        slack_api_url=f"{world.url}/api/",
        database_url=f"sqlite+aiosqlite:///{Path(folder, 'bench.db')}",
        mode="http",
        port=0,
        tick_seconds=60,
        log_level="WARNING",
    )
    log.set_up(settings.log_level, as_json=True)
    runtime = await stack.enter_async_context(build(settings, routes=routes))
    return {"url": runtime.http_url, "secret": world.signing_secret}


async def main(which: str) -> None:
    async with AsyncExitStack() as stack:
        one = merge([Feature(commands=[Command(("help",), TABLE.commands["help"])], errors=TABLE.errors)])
        told = await bare(stack) if which == "bare" else await ours(stack, TABLE if which == "all" else one)
        print(json.dumps(told), flush=True)
        await asyncio.to_thread(sys.stdin.read)  # until whoever started us is done


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
