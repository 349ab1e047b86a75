"""Which cluster words beside a list name: only where they say nothing else."""

from __future__ import annotations

import pytest

from cluster.onboarding.destination import named
from storage.models import Cluster

CLUSTERS = [
    Cluster(id=1, name="Nord"),
    Cluster(id=2, name="Klynge Syd"),
    Cluster(id=3, name=""),
    Cluster(id=4, name="Øst"),
]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nord", 1),
        ("Her er listen til klynge syd:", 2),
        ("Members of Nord", 1),
        ("Hej\nListe for Øst\nBo Friis; bo@nord.example; Nord; 057584", 4),
        ("", None),
        ("Nord og Øst", None),
        ("Nord\nØst", None),
        ("ikke Nord", None),
        ("Listen uden dem fra Nord", None),
        ("Bo, Nord", None),  # a line of the list
        ("Klynge Sydøst", None),
    ],
)
def test_cluster_is_named_by_words_that_say_nothing_else(words: str, found: int | None) -> None:
    assert getattr(named(words, CLUSTERS), "id", None) == found
