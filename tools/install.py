"""Makes the environment of `make demo` and `make test`: .venv, with exactly what requirements-dev.lock names.

Needs nothing but Python 3.11 or newer, whatever pip that brings. Nothing is resolved: every package, and every extra
that a package asks another for, stands in the lock with its hashes, and `pip check` looks at the result. Says how far
it is.
"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"
OLDEST = (3, 11)
STEP = 20
"""A line for every that many packages."""
KEPT = 15
"""Lines of pip's that are shown when it fails."""


def main(home: Path) -> int:
    """Make the environment in `home`; the exit code."""
    if sys.version_info < OLDEST:
        return _sorry(
            f"Klyngebot kræver Python {OLDEST[0]}.{OLDEST[1]} eller nyere; dette er {sys.version.split()[0]}.",
            "Har du en nyere, så sig hvilken: make demo PYTHON=python3.12",
        )
    _say(f"Gør et miljø klar i {home.name}/ (kun første gang, og når pakkerne ændres) …")
    made = subprocess.run([sys.executable, "-m", "venv", home], capture_output=True, text=True, check=False)
    if made.returncode:
        return _sorry(
            made.stdout.strip() or made.stderr.strip(),
            "På Debian og Ubuntu mangler der som regel en pakke: apt install python3-venv",
        )
    python = home / "bin" / "python"
    total = sum(1 for line in LOCK.read_text().splitlines() if "==" in line and not line.startswith((" ", "#")))
    _say(f"Henter {total} pakker fra {LOCK.name}; det tager et minut eller to …")
    locked = [python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    if code := _run([*locked, "--require-hashes", "-r", LOCK], total):
        return code
    own = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "-e", ROOT]
    if code := _run(own) or _run([python, "-m", "pip", "check"]):
        return code
    _say("Miljøet er klar.")
    return 0


def _run(command: list[str | Path], total: int = 0) -> int:
    """Run pip, count the packages it takes in hand, and show its last words when it fails."""
    last: deque[str] = deque(maxlen=KEPT)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in _counted(pip.stdout or iter(()), total):
            last.append(line)
    if pip.returncode:
        return _sorry(*last, "Pakkerne kunne ikke installeres; ovenfor står, hvad pip sagde. Er der net? Prøv så igen.")
    return 0


def _counted(lines: Iterator[str], total: int) -> Iterator[str]:
    taken = 0
    for line in lines:
        if line.startswith(("Collecting ", "Processing ")) and total:
            taken += 1
            if taken % STEP == 0:
                _say(f"  {min(taken, total)} af {total}")
        if line.startswith("Installing collected packages") and total:
            _say("  alle er hentet; pakker dem ud …")
        yield line.rstrip()


def _say(words: str) -> None:
    print(words, flush=True)


def _sorry(*lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / ".venv"))
