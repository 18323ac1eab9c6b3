"""Whose work an item is: proven by the phone's signature, or vouched for by who is signed in.

Nothing is turned away that can be stored. Where the author is not proven, the item goes to the nearest
person with a flag, and a person of the township decides (DESIGN §4).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from backend.codebook import VerdictReason


class Phone(NamedTuple):
    """What is known of a phone: enrolled once it has a `key`; `bound` people proved by password to be its users.

    `accounts` says of these whether their account is open.
    """

    key: str | None
    holder_id: str
    is_revoked: bool
    bound: frozenset[str]
    accounts: Mapping[str, bool] = MappingProxyType({})


class Claim(NamedTuple):
    """In whose name an item is kept; `flag` says why that is not proven.

    `carried_by_id` is signed in and handed in what names another author. `is_signed`: the phone's signature holds.
    """

    user_id: str
    flag: str
    carried_by_id: str | None
    is_signed: bool


def attribute(
    author: str | None,
    *,
    phone: Phone | None,
    signature: bool | None,
    accounts: Mapping[str, bool],
    carrier_id: str | None,
) -> Claim | None:
    """Whose the item is; None when neither phone nor session says so.

    `signature` is whether it holds, None when there is none to check. `accounts` maps the ids of accounts that
    exist to whether they are open. `carrier_id` is who is signed in.
    """
    carried_by = carrier_id if author is not None and author != carrier_id else None
    if phone is not None and phone.key is not None and signature and author is not None:
        user_id = author if author in accounts else phone.holder_id
        return Claim(user_id, _doubt(author, phone, accounts), carried_by, True)
    if carrier_id is None:
        return None
    return Claim(carrier_id, _session_doubt(phone, signature, is_carried=carried_by is not None), carried_by, False)


def _doubt(author: str, phone: Phone, accounts: Mapping[str, bool]) -> str:
    if phone.is_revoked:
        return VerdictReason.DEVICE_REVOKED.value
    if author not in accounts:
        return VerdictReason.UNPROVEN_AUTHOR.value
    if not accounts[author]:
        return VerdictReason.ACCOUNT_CLOSED.value
    return "" if author in phone.bound else VerdictReason.UNPROVEN_AUTHOR.value


def _session_doubt(phone: Phone | None, signature: bool | None, *, is_carried: bool) -> str:
    if phone is not None and phone.key is not None and signature is False:
        return VerdictReason.BAD_SIGNATURE.value
    if is_carried:
        return VerdictReason.UNPROVEN_AUTHOR.value
    return VerdictReason.DEVICE_REVOKED.value if phone is not None and phone.is_revoked else ""
