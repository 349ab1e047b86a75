"""Reads a lock, and says what in it is not met: pip may then resolve something, today or in a year, and must not."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13")


@dataclass(frozen=True)
class Pin:
    """One line of a lock."""

    version: str
    extras: frozenset[str]
    hashed: bool


@dataclass
class Lock:
    """What a lock names, by normal name."""

    pins: dict[str, Pin] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "Lock":
        """Hashes follow their package on lines of their own."""
        pins: dict[str, Pin] = {}
        for block in text.replace("\\\n", " ").splitlines():
            if "==" in block and not block.lstrip().startswith("#"):
                said = Requirement(block.split("--hash")[0].strip())
                version = str(said.specifier).removeprefix("==")
                pins[canonicalize_name(said.name)] = Pin(version, frozenset(said.extras), "--hash=sha256:" in block)
        return cls(pins)

    def unmet(self, wanted: Requirement, asker: str) -> Iterator[str]:
        """What keeps a requirement from being met by exactly what stands here."""
        pin = self.pins.get(canonicalize_name(wanted.name))
        if pin is None:
            yield f"{asker} asks for {wanted}, which the lock does not name"
        elif not wanted.specifier.contains(pin.version, prereleases=True):
            yield f"{asker} asks for {wanted}, the lock has {pin.version}"
        elif missing := wanted.extras - pin.extras:
            yield f"{asker} asks for {wanted}, the lock has it without {', '.join(sorted(missing))}"


def asked_by(requirements: Iterator[str], extras: frozenset[str]) -> Iterator[Requirement]:
    """The requirements that hold on any Python of ours with these extras."""
    for each in requirements:
        wanted = Requirement(each)
        worlds = [
            {"python_version": python, "python_full_version": f"{python}.0", "extra": extra}
            for python in PYTHONS
            for extra in (extras or {""})
        ]
        if wanted.marker is None or any(wanted.marker.evaluate(world) for world in worlds):
            yield wanted


def faults(lock: Lock, start: Mapping[str, Requirement]) -> list[str]:
    """What is wrong with a lock: `start` is what the project itself asks for. Reads what is installed."""
    found = [f"{name} has no hash" for name, pin in lock.pins.items() if not pin.hashed]
    for asker, wanted in start.items():
        found += lock.unmet(wanted, asker)
    for name, pin in lock.pins.items():
        try:
            there = distribution(name)
        except PackageNotFoundError:
            found.append(f"{name} is in the lock and is not installed")
            continue
        if there.version != pin.version:
            found.append(f"{name} is {there.version}, the lock says {pin.version}")
        for wanted in asked_by(iter(there.requires or ()), pin.extras):
            found += lock.unmet(wanted, name)
    return found


def of_project(root: Path, *extras: str) -> dict[str, Requirement]:
    """What pyproject.toml asks for, by its own words."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    said = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    return {f"pyproject.toml ({each})": Requirement(each) for each in said}


def of_builder(root: Path) -> dict[str, Requirement]:
    """What builds the wheel."""
    said = tomllib.loads((root / "pyproject.toml").read_text())["build-system"]["requires"]
    return {f"pyproject.toml ({each})": Requirement(each) for each in said}
