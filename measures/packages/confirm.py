"""What in a package nobody has checked yet, in words for the coordinator."""

from __future__ import annotations

from measures.packages.package import Code, Guideline, Package, Publication, Reference, text
from measures.texts import Texts


def to_confirm(package: Package, t: Texts) -> list[str]:
    """ "Bekræft kode" and "bekræft kilde", one line each, before the numbers are asked for."""
    lines = []
    for each in package.to_confirm():
        if isinstance(each, Code):
            lines.append(t("Confirm code: {code} – {meaning}", code=each.code, meaning=text(each.meaning, t.lang)))
        elif isinstance(each, Publication):
            lines.append(t("Confirm source: {said} ({source})", said=each.title, source=each.address))
        else:
            said = text(each.text if isinstance(each, Guideline) else each.label, t.lang)
            lines.append(t("Confirm source: {said} ({source})", said=said, source=each.source))
    return lines


def line_words(line: Reference, t: Texts) -> str:
    """What a reference line is called wherever it is drawn or said: marked for as long as nobody has confirmed it."""
    label = text(line.label, t.lang)
    return label if line.verified else t("{label} (not confirmed)", label=label)


def guideline_words(said: Guideline, t: Texts) -> str:
    """A recommendation with its source and year; marked for as long as nobody has confirmed it."""
    words = t("{said} ({source}, {year})", said=text(said.text, t.lang), source=said.source, year=said.year)
    return words if said.verified else t("{label} (not confirmed)", label=words)


def publication_words(read: Publication, t: Texts) -> str:
    """Where something can be read."""
    words = t("{said} ({source}, {year})", said=read.title, source=read.address, year=read.year)
    return words if read.verified else t("{label} (not confirmed)", label=words)


def looked_at(package: Package, t: Texts) -> str:
    """Who has looked at a package and when, or that nobody has: then it is never called reviewed."""
    if not package.is_checked:
        return t("not professionally reviewed yet")
    return t("reviewed by {who}, {day}", who=package.checked_by, day=t.date(package.reviewed))
