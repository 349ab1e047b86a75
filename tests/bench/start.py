"""What `import bot.app` costs beyond the libraries it cannot do without, and that the heavy ones stay out."""

import statistics
import subprocess
import sys

from tests.bench.row import Row

CORE = (
    "import slack_bolt.async_app, aiohttp, sqlalchemy.ext.asyncio, asyncpg, aiosqlite, apscheduler.schedulers.asyncio"
)
OURS = "import bot.app"
REPORT = (
    "; import sys, resource; from pathlib import Path; status = Path('/proc/self/status').read_text(); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_utime, status.partition('VmHWM:')[2].split()[0], "
    "*[m for m in ('pandas', 'matplotlib', 'scipy') if m in sys.modules])"
)
"""The system's own note of the most memory since this program began; `ru_maxrss` would count whoever started it."""


def once(code: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", code + REPORT], capture_output=True, text=True, check=True
    ).stdout.split()


async def rows() -> list[Row]:
    pairs = [(once(OURS), once(CORE)) for _ in range(5)]
    cpu = statistics.median(float(own[0]) / float(core[0]) for own, core in pairs)
    memory = statistics.median(float(own[1]) / float(core[1]) for own, core in pairs)
    heavy = pairs[0][0][2:]
    return [
        Row("import bot.app against its libraries, processor time", f"{cpu:.2f} ×", "≤ 1.15 ×", cpu <= 1.15),
        Row("import bot.app against its libraries, memory", f"{memory:.2f} ×", "≤ 1.15 ×", memory <= 1.15),
        Row("heavy libraries loaded at start", " ".join(heavy) or "none", "none", not heavy),
    ]
