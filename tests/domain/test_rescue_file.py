"""A rescue file is read a line at a time, and what it breaks off at is known."""

import io

import pytest

from backend.domain.sync.rescue_file import NoRescueFile, RescueTorn, pieces

HEAD = '{"format":"ruhu-rescue-1","items":['


def read(text: str | bytes) -> list[tuple[str, object]]:
    raw = text.encode() if isinstance(text, str) else text
    return [(piece.kind, piece.told) for piece in pieces(io.BytesIO(raw))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + '],"photos":[]}\n', []),
        (HEAD + '\n{"a":1}],"photos":[]}\n', [("item", {"a": 1})]),
        (HEAD + '\n{"a":1},\n{"b":2}],"photos":[\n{"c":3}]}\n', [("item", {"a": 1}), ("item", {"b": 2}), ("photo", {"c": 3})]),
        (HEAD + '],"photos":[\n{"c":3},\n{"d":"],\\"photos\\":["}]}', [("photo", {"c": 3}), ("photo", {"d": '],"photos":['})]),
        (HEAD + '\n{"a":"]}"},\n{"b":2}],"photos":[]}', [("item", {"a": "]}"}), ("item", {"b": 2})]),
    ],
)  # fmt: skip
def test_items_and_photos_come_in_their_order(text, found):
    assert read(text) == found


@pytest.mark.parametrize("text", ["{}", '{"format":"ruhu-rescue-2","items":[]}', "x\n" * 9, '["ruhu-rescue"]'])
def test_another_file_is_none(text):
    with pytest.raises(NoRescueFile):
        read(text)


@pytest.mark.parametrize(
    "rest", ["", '\n{"a":1},\n', '\n{"a":1},\n{"b":', "\nnonsense", '\n{"a":1},\n\xff', '\n{"a":' + "[" * 100_000]
)
def test_a_torn_file_says_so_after_what_is_whole(rest):
    found, is_torn = until_torn((HEAD + rest).encode("latin-1"))
    assert is_torn
    assert found == ([{"a": 1}] if rest.startswith('\n{"a":1}') else [])


def test_every_cut_keeps_what_came_before():
    text = (HEAD + '\n{"a":1},\n{"b":2}],"photos":[\n{"c":3}]}').encode()
    for cut in range(len(HEAD) + 1, len(text)):
        found, is_torn = until_torn(text[:cut])
        assert is_torn
        assert found == [{"a": 1}, {"b": 2}, {"c": 3}][: len(found)]


def until_torn(raw: bytes) -> tuple[list[object], bool]:
    """What is whole in the file, and whether it breaks off."""
    found: list[object] = []
    try:
        for piece in pieces(io.BytesIO(raw)):
            found.append(piece.told)
    except RescueTorn:
        return found, True
    return found, False
