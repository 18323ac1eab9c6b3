"""A SQLite file as it was, page by page: a copy of the whole costs more than what one schedule wrote.

Only for a database with a rollback journal that no transaction is open on. Whoever has it open notices by the
change counter of the header, and throws its pages away; the schema is the same, so its statements hold.
"""

import struct
from pathlib import Path

PAGE_SIZE_AT, COUNTER_AT, COUNTED_FOR_AT = 16, 24, 92
_SHORT, _LONG = struct.Struct(">H"), struct.Struct(">I")


def put_pages_back(file: Path, before: bytes) -> None:
    """Write what differs from `before`, under a change counter that nobody has seen."""
    now = file.read_bytes()
    size = _SHORT.unpack_from(before, PAGE_SIZE_AT)[0]
    first = bytearray(before[:size])
    counter = _LONG.pack((_LONG.unpack_from(now, COUNTER_AT)[0] + 1) & 0xFFFFFFFF)
    first[COUNTER_AT : COUNTER_AT + 4] = first[COUNTED_FOR_AT : COUNTED_FOR_AT + 4] = counter
    with file.open("r+b", buffering=0) as pages:
        pages.write(first)
        for at in range(size, len(before), size):
            page = before[at : at + size]
            if now[at : at + size] != page:
                pages.seek(at)
                pages.write(page)
        pages.truncate(len(before))
