"""The key ring: what is sealed opens only for its own row, and rotation loses nothing."""

import json
import stat
import threading

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from backend.storage.keys import KeyRing, UnreadableSeal, _unb64, new_ring


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing(new_ring())


def test_a_seal_opens_for_its_row_only(ring):
    sealed = ring.seal("620599197106300051", aad="declaration.id_number:a")
    assert "620599" not in sealed
    assert ring.unseal(sealed, aad="declaration.id_number:a") == "620599197106300051"
    with pytest.raises(UnreadableSeal):
        ring.unseal(sealed, aad="declaration.id_number:b")


def test_equal_values_seal_differently_and_look_up_equally(ring):
    assert ring.seal("马", aad="x") != ring.seal("马", aad="x")
    assert ring.lookup("620599") == ring.lookup("620599") != ring.lookup("620598")
    assert KeyRing(new_ring()).lookup("620599") != ring.lookup("620599")


def test_a_rotated_key_still_opens_older_seals(ring):
    old = ring.seal("丁志强", aad="x")
    ring.ring["field"]["keys"]["f2"] = new_ring()["field"]["keys"]["f1"]
    ring.ring["field"]["active"] = "f2"
    assert ring.unseal(old, aad="x") == "丁志强"
    assert ring.seal("丁志强", aad="x").startswith("f2.")
    del ring.ring["field"]["keys"]["f1"]
    with pytest.raises(UnreadableSeal, match="f1"):
        ring.unseal(old, aad="x")


def test_a_receipt_verifies_with_the_published_key(ring):
    signature = _unb64(ring.sign_receipt("ruhu-receipt-1\nx"))
    jwk = ring.receipt_jwk()
    x, y = (int.from_bytes(_unb64(jwk[axis]), "big") for axis in "xy")
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    public.verify(der, b"ruhu-receipt-1\nx", ec.ECDSA(hashes.SHA256()))


def test_the_ring_is_made_once_and_for_the_owner_alone(tmp_path):
    path = tmp_path / "keyring.json"
    opened: list[str] = []
    threads = [threading.Thread(target=lambda: opened.append(json.dumps(KeyRing.open(path).ring))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8
    assert set(opened) == {path.read_text()}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
