"""Links and recordings are told as what they are, in the same words wherever they are met."""

import pytest

from handlers.conversation.file_places import ERRORS
from measures.checking.sentences import SENTENCES
from measures.reading.filekinds import kind_of


@pytest.mark.parametrize(
    "data",
    [
        b"[InternetShortcut]\r\nURL=https://docs.example/sheet\r\n",
        b'{"url": "https://docs.example/open?id=1", "doc_id": "1", "email": "x@example.dk"}',
        b'{\n "doc_id": "1"}',
        b"https://drive.example/file/d/1/view\n",
    ],
)
def test_a_shortcut_to_a_file_elsewhere_is_told_as_a_link(data):
    assert kind_of(data) == "wrong_kind_link"


@pytest.mark.parametrize("data", [b"https://region.example\nYdernummer;KOL\n057584;130\n", b"url;KOL\nx;130\n"])
def test_a_table_with_an_address_is_a_table(data):
    assert kind_of(data) == "text"


def test_what_slack_says_and_what_the_content_shows_is_told_in_the_same_words():
    pairs = {"file.elsewhere": "link", "file.page": "page", "file.recording": "recording"}
    assert all(ERRORS[code] == SENTENCES[f"wrong_kind_{kind}"] for code, kind in pairs.items())
