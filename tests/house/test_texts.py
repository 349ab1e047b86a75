"""Every sentence in the code has its Danish, with the same places to fill, once, with a room that says it."""

import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "measures")
KEYWORDS = {"t": None, "n": (1, 2), "N_": None}
PLACE = re.compile(r"\{(\w+)\}")

Said = dict[str, tuple[str, ...]]


def sentences_in(folder: Path) -> dict[str, tuple[str, ...]]:
    """English sentence → (singular[, plural])."""
    found: Said = {}
    for _file, _line, message, _comments, _context in extract_from_dir(folder, keywords=KEYWORDS):
        forms = message if isinstance(message, tuple) else (message,)
        if forms[0]:
            found[forms[0]] = tuple(forms)
    return found


def catalogue_of(floor: str, file: str) -> str:
    """The catalogue of what a file says: handlers' rooms by their name, the other floors' behind theirs."""
    room = Path(file).parts[0] if len(Path(file).parts) > 1 else ""
    if floor == "handlers":
        return room or "core"
    return f"{floor}.{room}" if room else floor


def said_where(folder: Path, floor: str) -> dict[str, set[str]]:
    """English sentence → the catalogues it may stand in."""
    found: dict[str, set[str]] = {}
    for file, _line, message, _comments, _context in extract_from_dir(folder, keywords=KEYWORDS):
        msgid = message[0] if isinstance(message, tuple) else message
        if msgid:
            found.setdefault(msgid, set()).add(catalogue_of(floor, str(file)))
    return found


def msgid_of(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def misplaced(homes: Mapping[str, set[str]], catalogues: Mapping[str, Catalog]) -> list[str]:
    """What stands in a catalogue of a room that doesn't say it, or stands twice."""
    wrong: list[str] = []
    seen: set[str] = set()
    for name, catalogue in catalogues.items():
        for msgid in (msgid_of(each) for each in catalogue if each.id):
            if msgid in seen:
                wrong.append(f"twice: {msgid}")
            seen.add(msgid)
            if name not in homes.get(msgid, {name}):
                wrong.append(f"in {name}.po, said by {', '.join(sorted(homes[msgid]))}: {msgid}")
    return wrong


def read(po: bytes) -> Catalog:
    return read_po(BytesIO(po), locale="da")


def complaints(sentences: Said, catalogues: list[Catalog]) -> list[str]:
    """What is missing, unsure, doubled, or fills other places than the English."""
    wrong: list[str] = []
    danish: dict[str, tuple[str, ...]] = {}
    for catalogue in catalogues:
        for message in catalogue:
            if not message.id:
                continue
            msgid = msgid_of(message)
            forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            if message.fuzzy:
                wrong.append(f"fuzzy: {msgid}")
            if msgid in danish and danish[msgid] != tuple(forms):
                wrong.append(f"said in two ways: {msgid}")
            danish[msgid] = tuple(forms)
    for msgid, english in sentences.items():
        if not all(danish.get(msgid, ("",))):
            wrong.append(f"missing: {msgid}")
            continue
        for form in danish[msgid]:
            if set(PLACE.findall(form)) - {"n"} != set(PLACE.findall(english[-1])) - {"n"}:
                wrong.append(f"other places: {msgid}")
    return wrong


@cache
def danish() -> dict[str, Catalog]:
    return {path.stem: read(path.read_bytes()) for path in sorted((ROOT / "locales" / "da").glob("*.po"))}


@pytest.mark.long
def test_danish_is_complete():
    sentences: Said = {}
    for package in PACKAGES:
        sentences |= sentences_in(ROOT / package)
    assert complaints(sentences, list(danish().values())) == []


@pytest.mark.long
def test_sentence_stands_once_in_the_catalogue_of_a_room_that_says_it():
    homes: dict[str, set[str]] = {}
    for floor in PACKAGES:
        for msgid, names in said_where(ROOT / floor, floor).items():
            homes.setdefault(msgid, set()).update(names)
    assert misplaced(homes, danish()) == []


@pytest.mark.long
def test_no_sentence_is_left_over():
    sentences: Said = {}
    for package in PACKAGES:
        sentences |= sentences_in(ROOT / package)
    left_over = [
        f"{name}.po: {message.id}"
        for name, catalogue in danish().items()
        for message in catalogue
        if message.id and msgid_of(message) not in sentences
    ]
    assert left_over == []


def test_checker_notices_what_is_wrong():
    sentences = {"Hello {name}": ("Hello {name}",), "Bye": ("Bye",), "Sure": ("Sure",)}
    po = b'msgid "Hello {name}"\nmsgstr "Hej {navn}"\n\n#, fuzzy\nmsgid "Sure"\nmsgstr "Sikkert"\n'
    assert complaints(sentences, [read(po)]) == ["fuzzy: Sure", "other places: Hello {name}", "missing: Bye"]


def test_checker_notices_what_stands_elsewhere():
    homes = {"Hello": {"meetings", "core"}, "Bye": {"bot.doctor"}}
    one, two = (read(f'msgid "{msgid}"\nmsgstr "…"\n'.encode()) for msgid in ("Hello", "Bye"))
    assert misplaced(homes, {"core": one, "bot.doctor": two}) == []
    assert misplaced(homes, {"core": two, "bot.doctor": two}) == ["in core.po, said by bot.doctor: Bye", "twice: Bye"]
    assert [catalogue_of("handlers", "at_home.py"), catalogue_of("measures", "deck/pages.py")] == [
        "core",
        "measures.deck",
    ]


def test_extraction_sees_calls_on_attributes(tmp_path: Path):
    (tmp_path / "code.py").write_text('turn.t("One")\nturn.t.n("{n} a", "{n} b", 2)\nN_("Two")\nother("Three")\n')
    assert sentences_in(tmp_path) == {"One": ("One",), "{n} a": ("{n} a", "{n} b"), "Two": ("Two",)}
