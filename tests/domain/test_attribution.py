"""Whose an item is: by the phone's signature, by who is signed in, or with a flag for a person to decide."""

import pytest

from backend.domain.sync.attribution import Claim, Phone, attribute

MI, DING, BAI, GONE, NOBODY = "mi", "ding", "bai", "gone", "nobody"
ACCOUNTS = {MI: True, DING: True, BAI: True, GONE: False}
MINE = Phone("key", MI, False, frozenset({MI, GONE}))
REVOKED = MINE._replace(is_revoked=True)
NAMELESS = Phone(None, MI, False, frozenset())


def claimed(author, phone, signature, carrier):
    return attribute(author, phone=phone, signature=signature, accounts=ACCOUNTS, carrier_id=carrier)


@pytest.mark.parametrize(
    ("author", "phone", "carrier", "claim"),
    [
        (MI, MINE, None, Claim(MI, "", None, True)),
        (MI, MINE, MI, Claim(MI, "", None, True)),
        (MI, MINE, DING, Claim(MI, "", DING, True)),
        (DING, MINE, None, Claim(DING, "unproven_author", None, True)),
        (DING, MINE, DING, Claim(DING, "unproven_author", None, True)),
        (NOBODY, MINE, None, Claim(MI, "unproven_author", None, True)),
        (GONE, MINE, None, Claim(GONE, "account_closed", None, True)),
        (MI, REVOKED, None, Claim(MI, "device_revoked", None, True)),
        (MI, REVOKED, MI, Claim(MI, "device_revoked", None, True)),
        (NOBODY, REVOKED, None, Claim(MI, "device_revoked", None, True)),
        (GONE, REVOKED, BAI, Claim(GONE, "device_revoked", BAI, True)),
    ],
)
def test_a_signature_that_holds_needs_no_session(author, phone, carrier, claim):
    assert claimed(author, phone, True, carrier) == claim


@pytest.mark.parametrize(
    ("author", "phone", "signature", "claim"),
    [
        (None, None, None, Claim(MI, "", None, False)),
        (MI, None, None, Claim(MI, "", None, False)),
        (MI, NAMELESS, None, Claim(MI, "", None, False)),
        (DING, None, None, Claim(MI, "unproven_author", MI, False)),
        (NOBODY, NAMELESS, None, Claim(MI, "unproven_author", MI, False)),
        (None, MINE, None, Claim(MI, "", None, False)),
        (MI, MINE, None, Claim(MI, "", None, False)),
        (MI, MINE, False, Claim(MI, "bad_signature", None, False)),
        (DING, MINE, False, Claim(MI, "bad_signature", MI, False)),
        (None, REVOKED, None, Claim(MI, "device_revoked", None, False)),
        (MI, REVOKED, False, Claim(MI, "bad_signature", None, False)),
        (DING, REVOKED, None, Claim(MI, "unproven_author", MI, False)),
        (None, MINE, True, Claim(MI, "", None, False)),
    ],
)
def test_otherwise_who_is_signed_in_answers_for_it(author, phone, signature, claim):
    assert claimed(author, phone, signature, MI) == claim


@pytest.mark.parametrize(
    ("author", "phone", "signature"),
    [
        (MI, None, None),
        (MI, NAMELESS, None),
        (MI, MINE, False),
        (MI, MINE, None),
        (None, MINE, True),
        (None, None, None),
    ],
)
def test_without_either_nobody_does(author, phone, signature):
    assert claimed(author, phone, signature, None) is None
