"""Who did what to what: ids and codes, never a value, a name or a sentence."""

from __future__ import annotations

from datetime import datetime

from storage.models import Audit
from storage.unit_of_work import UnitOfWork


def note(
    uow: UnitOfWork,
    what: str,
    subject: str,
    *,
    now: datetime,
    actor_id: int | None = None,
    cluster_id: int | None = None,
    **details: int | str | bool | None,
) -> None:
    """Write one line in the log, kept with the unit of work it belongs to."""
    uow.session.add(
        Audit(at=now, cluster_id=cluster_id, actor_id=actor_id, what=what, subject=subject, details=details)
    )
