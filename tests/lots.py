"""How many lots a property draws: few every time, many where somebody hunts for what few never meet."""

from __future__ import annotations

import hypothesis


def lots(few: int, many: int) -> hypothesis.settings:
    """``@lots(40, 150)``: few in `make test`, many in `make test HUNT=1`."""
    is_hunt = hypothesis.settings.get_current_profile_name() == "hunt"
    return hypothesis.settings(max_examples=many if is_hunt else few)
