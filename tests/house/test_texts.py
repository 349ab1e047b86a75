"""Every sentence in the code has its Danish, with the same places to fill, and no catalogue says a thing twice."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
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
            msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
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


@pytest.mark.long
def test_danish_is_complete():
    sentences: Said = {}
    for package in PACKAGES:
        sentences |= sentences_in(ROOT / package)
    catalogues = [read(path.read_bytes()) for path in sorted((ROOT / "locales" / "da").glob("*.po"))]
    assert complaints(sentences, catalogues) == []


@pytest.mark.long
def test_no_sentence_is_left_over():
    sentences: Said = {}
    for package in PACKAGES:
        sentences |= sentences_in(ROOT / package)
    left_over = [
        f"{path.name}: {message.id}"
        for path in sorted((ROOT / "locales" / "da").glob("*.po"))
        for message in read(path.read_bytes())
        if message.id and (message.id[0] if isinstance(message.id, (tuple, list)) else message.id) not in sentences
    ]
    assert left_over == []


def test_checker_notices_what_is_wrong():
    sentences = {"Hello {name}": ("Hello {name}",), "Bye": ("Bye",), "Sure": ("Sure",)}
    po = b'msgid "Hello {name}"\nmsgstr "Hej {navn}"\n\n#, fuzzy\nmsgid "Sure"\nmsgstr "Sikkert"\n'
    assert complaints(sentences, [read(po)]) == ["fuzzy: Sure", "other places: Hello {name}", "missing: Bye"]


def test_extraction_sees_calls_on_attributes(tmp_path: Path):
    (tmp_path / "code.py").write_text('turn.t("One")\nturn.t.n("{n} a", "{n} b", 2)\nN_("Two")\nother("Three")\n')
    assert sentences_in(tmp_path) == {"One": ("One",), "{n} a": ("{n} a", "{n} b"), "Two": ("Two",)}
