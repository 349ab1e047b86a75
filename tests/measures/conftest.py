"""What the tests of counting and drawing share: the KOL package, texts in both languages, a practice, a cluster."""

import random
from collections.abc import Callable

import pytest

from locales.texts import Texts, texts_for
from measures.checking.validation import PracticeFacts
from measures.packages.package import Package, load


@pytest.fixture(scope="session")
def kol() -> Package:
    return load("kol")


@pytest.fixture(scope="session")
def da() -> Texts:
    return texts_for("da")


@pytest.fixture(scope="session")
def en() -> Texts:
    return texts_for("en")


@pytest.fixture
def practice() -> PracticeFacts:
    return PracticeFacts("057584", 6200, "xmo")


@pytest.fixture(scope="session")
def invent() -> Callable[[int], dict[int, dict[str, int | None]]]:
    """Invents the replies of that many practices, always the same for the same number."""

    def cluster(size: int) -> dict[int, dict[str, int | None]]:
        chance = random.Random(size)
        replies: dict[int, dict[str, int | None]] = {}
        for practice_id in range(1, size + 1):
            listed = chance.randint(1500, 8000)
            copd = int(listed * chance.uniform(0.01, 0.03))
            measured, planned = (int(copd * chance.uniform(0.3, 0.95)) for _ in range(2))
            replies[practice_id] = {"listed": listed, "copd": copd, "spirometry": measured, "care_plan": planned}
        return replies

    return cluster
