"""The running part of a number: 0001 … 9999, then A0001 … A9999, B0001 …, so that it sorts as it was given.

Five digits would sort between 1000 and 1001 and look like a piece of somebody's number. Pure.
"""

from backend.problems import Problem

# Without I and O, which are read as 1 and 0.
BLOCKS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def following(last: str | None, *, width: int = 4) -> str:
    """The part after `last` (None: the first). Raises Problem numbers_used_up after the last block."""
    if last is None:
        return f"{1:0{width}d}"
    block, count = (last[0], int(last[1:])) if last[0].isalpha() else ("", int(last))
    if count < 10**width - 1:
        return f"{block}{count + 1:0{width}d}"
    following_block = BLOCKS.find(block) + 1 if block else 0
    if following_block == len(BLOCKS):
        raise Problem("numbers_used_up")
    return f"{BLOCKS[following_block]}{1:0{width}d}"
