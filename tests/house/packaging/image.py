"""Runs the steps of the Dockerfile's building stage in a folder of its own, and looks at what the image would hold.

There is not always a container engine, but the steps are ordinary commands. `python -m tests.house.packaging.image`
fetches packages as they do, so the checks run it before the tests, and not the tests.
"""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from packaging.utils import canonicalize_name

from tests.house.packaging.locks import Lock

ROOT = Path(__file__).resolve().parents[3]


def steps(dockerfile: str) -> list[str]:
    """The commands of the first stage."""
    first = (
        dockerfile.split("\nFROM ", maxsplit=1)[0] if dockerfile.startswith("FROM") else dockerfile.split("\nFROM ")[1]
    )
    return [line.removeprefix("RUN ") for line in first.splitlines() if line.startswith("RUN ")]


def main() -> int:
    """Run, compare, say."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = home / "src"
        source.mkdir()
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", source], input=archive, check=True)
        venv.create(home / "builder", with_pip=True)
        where = {"/opt/klynge": home / "opt", "/wheel": home / "wheel"}
        for step in steps((ROOT / "Dockerfile").read_text()):
            command = step
            for inside, here in where.items():
                command = command.replace(inside, str(here))
            command = re.sub(r"^python ", f"{home / 'builder' / 'bin' / 'python'} ", command)
            subprocess.run(["sh", "-ec", command], cwd=source, check=True, stdout=subprocess.DEVNULL)
        listing = subprocess.run(
            [home / "builder/bin/python", "-m", "pip", "--python", home / "opt/bin/python", "list", "--format=freeze"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        there = {
            canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in listing.split() if "==" in line
        }
        version = subprocess.run([home / "opt/bin/klynge", "--version"], check=True, capture_output=True, text=True)
    locked = {name: pin.version for name, pin in Lock.read((ROOT / "requirements.lock").read_text()).pins.items()}
    own = {"klyngebot": version.stdout.strip()}
    if there != locked | own:
        print("the image would differ from the lock:", sorted(there.items() ^ (locked | own).items()))
        return 1
    print(f"the image holds the {len(locked)} packages of its lock, klyngebot, and nothing that built it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
