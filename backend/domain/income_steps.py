"""One line of a sum, and how fen are rounded (DOMAIN §3.1: no number without how it came about)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """`code` is an IncomeLine or a SumLine; `sign` plus, minus or equals; amounts in fen.

    `parts_fen` are what it was added up from (for a figure per head: the total, then the people). `reason` is a
    SumReason or "", `clause` the document, `parameter` the key of the dated parameter that made it so.
    """

    code: str
    sign: str
    amount_fen: int
    parts_fen: tuple[int, ...] = ()
    reason: str = ""
    clause: str = ""
    parameter: str = ""


def rounded(amount: int, divisor: int) -> int:
    """amount ÷ divisor, halves up, also below zero; the same on every machine."""
    return (2 * amount + divisor) // (2 * divisor)
