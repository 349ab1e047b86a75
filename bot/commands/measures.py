"""`klynge packages` and `klynge check`: try a package or a file offline, before anybody is asked for anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from bot.commands.language import Lang
from locales import Texts, texts_for
from measures.checking.report import ACCEPTED, as_data, outcome, try_file
from measures.checking.sentences import describe_all
from measures.checking.validation import PracticeFacts, Verdict
from measures.packages.confirm import looked_at, to_confirm
from measures.packages.faults import describe_fault
from measures.packages.package import Package, PackageError, drawable, load, read, shipped, text, whole
from measures.reading.headers import read_ydernummer
from measures.reading.limits import Limits
from measures.tables.period import span_of

WRONG_USE = 2

packages = typer.Typer(help="The packages that a cluster can measure with.", no_args_is_help=True)


class Answering(TyperCommand):
    """A command that answers with a JSON object also when it is used wrongly."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        given = list(args)
        try:
            rest = super().parse_args(ctx, args)
        except Exception as error:
            if "--json" not in given or not hasattr(error, "format_message"):
                raise
            _wrong_use(error.format_message(), as_json=True)
        if "--json" in given and not ctx.params.get("as_json"):
            _wrong_use("An option before --json lacks its value.", as_json=True)
        return rest


As_json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Language = Annotated[Lang, typer.Option("--lang", help="Language of the answer.")]


def check_file(
    file: Annotated[Path, typer.Argument(help="The file that a practice would send.")],
    package: Annotated[str, typer.Option(help="Id of a shipped package, or a package file (.toml).")],
    as_json: As_json = False,
    lang: Language = Lang.DA,
    ydernummer: Annotated[str, typer.Option(help="The practice's number; otherwise the file's own is believed.")] = "",
    listed: Annotated[int | None, typer.Option(min=1, help="The practice's list size.")] = None,
    period: Annotated[str, typer.Option(help="What the numbers should be from, such as 2026K1.")] = "",
) -> None:
    """Say what would become of a file. Exit code 0: accepted, 1: refused or in need of an answer, 2: wrong use."""
    t = texts_for(lang.value)
    chosen = _package(package, t, as_json=as_json)
    span = span_of(period) if period else None
    if period and span is None:
        _wrong_use(t("I can't read “{found}” as a period.", found=period), as_json=as_json)
    number = read_ydernummer(ydernummer) if ydernummer else ""
    if number is None:
        _wrong_use(t("“{found}” is not a practice number.", found=ydernummer), as_json=as_json)
    data = _bytes(file, t, Limits().bytes, as_json=as_json)
    verdict = try_file(data, file.name, chosen, PracticeFacts(number or "", listed), span)
    if as_json:
        _say(as_data(verdict, chosen, t))
    else:
        typer.echo("\n".join(_lines(verdict, chosen, t)))
    raise typer.Exit(0 if outcome(verdict) == ACCEPTED else 1)


def _lines(verdict: Verdict, package: Package, t: Texts) -> list[str]:
    if not verdict.ok:
        return [t("The file can't be used:"), *describe_all(verdict.problems, t)]
    headline = t("The file is accepted once you have answered:") if verdict.questions else t("The file is accepted.")
    lines = [headline, *describe_all(verdict.questions, t), *describe_all(verdict.notes, t)]
    for item in package.fields:
        value = verdict.values[item.id]
        lines.append(f"  {text(item.label, t.lang)}: {'–' if value is None else t.given(value)}")
    return lines


@packages.command("list", cls=Answering)
def list_packages(as_json: As_json = False, lang: Language = Lang.DA) -> None:
    """All packages that come with the program."""
    t = texts_for(lang.value)
    found = [whole(package_id) for package_id in shipped()]
    if as_json:
        _say({"outcome": "accepted", "packages": [_summary(package, t) for package in found]})
        return
    for package in found:
        drawn = "" if drawable(package) else " " + t("(not offered yet)")
        typer.echo(f"{package.id:<22} {text(package.title, t.lang)}{drawn}")


def _summary(package: Package, t: Texts) -> dict[str, Any]:
    return {
        "id": package.id,
        "title": text(package.title, t.lang),
        "version": package.version,
        "reviewed": package.reviewed.isoformat(),
        "sensitivity": package.sensitivity,
        "lead_time_days": package.lead_time_days,
        "fields": [field.id for field in package.fields],
        "measures": {measure.id: measure.kind for measure in package.measures},
        "offered": drawable(package),
        "to_confirm": len(package.to_confirm()),
    }


@packages.command("show", cls=Answering)
def show_package(
    package: Annotated[str, typer.Argument(help="Id of a shipped package, or a package file (.toml).")],
    as_json: As_json = False,
    lang: Language = Lang.DA,
) -> None:
    """What a package asks for, what it shows, and what nobody has confirmed yet."""
    t = texts_for(lang.value)
    chosen = _package(package, t, as_json=as_json)
    if as_json:
        _say({"outcome": "accepted", "package": chosen.model_dump(mode="json")})
        return
    typer.echo("\n".join(_page(chosen, t)))


def _page(package: Package, t: Texts) -> list[str]:
    lines = [
        text(package.title, t.lang),
        f"{package.id} {package.version} · {package.owner}",
        looked_at(package, t),
        t("To be reviewed again on {next}", next=t.date(package.next_review)),
        "",
        text(package.why, t.lang),
        "",
        t("What we ask for"),
        *(f"  {text(field.label, t.lang)} – {text(field.help, t.lang)}" for field in package.fields),
        "",
        t("What it shows"),
        *(f"  {text(each.title, t.lang)} – {text(each.definition, t.lang)}" for each in package.measures),
        "",
        t("Where to find the numbers"),
    ]
    for guide in package.guides.values():
        if guide.name or guide is package.guide("andet"):
            lines.append("  " + (text(guide.name, t.lang) if guide.name else t("In your record system")))
            lines += [f"    {number}. {step}" for number, step in enumerate(guide.steps[_lang(t)], start=1)]
    if package.to_confirm():
        lines += ["", t("Confirm before use")]
        lines += [f"  {said}" for said in to_confirm(package, t)]
    return lines


@packages.command("check", cls=Answering)
def check_package(
    file: Annotated[Path, typer.Argument(help="A package file (.toml).")],
    as_json: As_json = False,
    lang: Language = Lang.DA,
) -> None:
    """Say every mistake in a package file, with its line. Exit code 0: none, 1: some, 2: wrong use."""
    t = texts_for(lang.value)
    data = _bytes(file, t, Limits().bytes, as_json=as_json)
    try:
        package = read(data, file.stem)
    except PackageError as error:
        said = [describe_fault(fault, t) for fault in error.faults]
        if as_json:
            told = [{"line": f.line, "code": f.code, "message": s} for f, s in zip(error.faults, said, strict=True)]
            _say({"outcome": "refused", "faults": told})
        else:
            typer.echo("\n".join(said))
        raise typer.Exit(1) from None
    if as_json:
        _say({"outcome": "accepted", "faults": [], "package": _summary(package, t)})
    else:
        typer.echo(t("The package is in order: {title}.", title=text(package.title, t.lang)))


def _package(named: str, t: Texts, *, as_json: bool) -> Package:
    """A shipped package as it is offered, or one from a file."""
    if named.endswith(".toml"):
        try:
            return read(_bytes(Path(named), t, Limits().bytes, as_json=as_json), Path(named).stem)
        except PackageError as error:
            _wrong_use("\n".join(describe_fault(fault, t) for fault in error.faults), as_json=as_json)
    try:
        return load(named) if drawable(whole(named)) else whole(named)
    except KeyError:
        ids = ", ".join(shipped())
        _wrong_use(
            t("There is no package “{found}”. Choose among: {expected}.", found=named, expected=ids), as_json=as_json
        )


def _bytes(file: Path, t: Texts, most: int, *, as_json: bool) -> bytes:
    """The file's content, one byte more than is allowed at most."""
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError:
        _wrong_use(t("There is no file {name} that can be read.", name=file.name), as_json=as_json)


def _wrong_use(message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        _say({"outcome": "wrong_use", "message": message})
    else:
        typer.echo(message, err=True)
    raise typer.Exit(WRONG_USE)


def _say(told: dict[str, Any]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False))


def _lang(t: Texts) -> Any:
    return "da" if t.lang == "da" else "en"


def register(app: typer.Typer) -> None:
    """Add the commands to `klynge`."""
    app.add_typer(packages, name="packages")
    app.command("check", cls=Answering)(check_file)
