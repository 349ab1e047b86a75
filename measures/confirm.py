"""What in a package nobody has checked yet, in words for the coordinator."""

from __future__ import annotations

from measures.package import Code, Guideline, Package, text
from measures.texts import Texts


def to_confirm(package: Package, t: Texts) -> list[str]:
    """ "Bekræft kode" and "bekræft kilde", one line each, before the numbers are asked for."""
    lines = []
    for each in package.to_confirm():
        if isinstance(each, Code):
            lines.append(t("Confirm code: {code} – {meaning}", code=each.code, meaning=text(each.meaning, t.lang)))
        else:
            said = text(each.text if isinstance(each, Guideline) else each.label, t.lang)
            lines.append(t("Confirm source: {said} ({source})", said=said, source=each.source))
    return lines
