"""While processes are restarted in a new version, one after another: what an older one does not know, it leaves."""

from __future__ import annotations

from datetime import timedelta

CHANGING = timedelta(minutes=10)
"""How long old and new may run side by side before what nobody knows is given up."""
FOR_OTHERS = timedelta(seconds=5)
"""The pause after which it is looked at again; by whom, the ticks decide."""
NO_ROUTE = "no route"
