"""The sentence for every code that a rule may answer with, and those that belong to no feature."""

from __future__ import annotations

from collections.abc import Mapping

from cluster.errors import ClusterError
from handlers.feature import Feature
from locales import N_, Texts

FALLBACK = N_("That could not be done. Nothing was changed.")

feature = Feature(
    errors={
        "person.unknown": N_(
            "I don't know you yet. Ask the coordinator of your cluster to put you on the list of members."
        ),
        "role.coordinator_only": N_("Only the coordinator of the cluster can do this."),
        "id.unknown": N_("I can't find that any more."),
        "cluster.unknown": N_("There is no cluster here. Try again in your cluster's channel."),
        "route.unknown": N_("I don't know that. Write /klynge hjælp to see what I can do."),
        "text.personal": N_("This looks like a CPR number. Delete it: nothing about patients may be written here."),
        "window.expired": N_("The window took too long to open. Try once more."),
        "file.too_large": N_("The file is larger than 10 MB, so I did not open it."),
        "file.unavailable": N_("I could not fetch the file from Slack. Send it again in a moment."),
    }
)


def sentence(code: str, params: Mapping[str, object], t: Texts, errors: Mapping[str, str]) -> str:
    """What a code says in the reader's language."""
    return t(errors.get(code, FALLBACK), **params) if params else t(errors.get(code, FALLBACK))


def say(error: ClusterError, t: Texts, errors: Mapping[str, str]) -> str:
    """What a refusal says in the reader's language."""
    return sentence(error.code, error.params, t, errors)


def trouble(reference: str, t: Texts) -> str:
    """What we say when it is our fault."""
    return t(
        "Something went wrong on my side. Try again; if it keeps happening, mention this number: {reference}",
        reference=reference,
    )
