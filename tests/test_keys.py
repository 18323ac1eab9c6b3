"""The key ring: what is sealed opens only for its own row, and rotation loses nothing."""

import hashlib
import json
import stat
import threading
import zlib

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from backend.domain.sync.signatures import deposit_text, is_signed, key_text
from backend.storage.keys import KeyRing, UnreadableSeal, _unb64, new_ring
from tests.handset import Handset
from tests.house import ROOT


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


def test_what_phones_sealed_opens_on_the_server(ring):
    vectors = json.loads((ROOT / "tests/vectors/sealing.json").read_text("utf-8"))
    ring.ring["deposit"]["keys"][vectors["key_id"]] = _pem(vectors["private_jwk"])
    assert vectors["items"]
    for sample in vectors["items"]:
        envelope = sample["envelope"]
        blob = _unb64(envelope["sealed"])
        plain = ring.open_sealed(vectors["key_id"], blob, sample["info"])
        assert plain[0] == sample["flag"]
        text = zlib.decompress(plain[1:], wbits=-15) if plain[0] else plain[1:]
        assert text.decode() == sample["text"]
        assert hashlib.sha256(blob).hexdigest() == envelope["sha256"]
        assert deposit_text(envelope) == sample["signed_text"]
        assert is_signed(key_text(vectors["device_jwk"]), sample["signed_text"], envelope["signature"])
        with pytest.raises(UnreadableSeal):
            ring.open_sealed(vectors["key_id"], blob, sample["info"] + "x")
        with pytest.raises(UnreadableSeal):
            ring.open_sealed("d1", blob, sample["info"])


def _pem(jwk: dict[str, str]) -> str:
    key = ec.derive_private_key(int.from_bytes(_unb64(jwk["d"]), "big"), ec.SECP256R1())
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*pem).decode()


@pytest.mark.parametrize("blob", [b"", b"x" * 65, bytes(200), bytes([4]) + bytes(199)])
def test_rubbish_does_not_open(ring, blob):
    with pytest.raises(UnreadableSeal):
        ring.open_sealed("d1", blob, "ruhu-item-1|a|visit")
    with pytest.raises(UnreadableSeal, match="d9"):
        ring.open_sealed("d9", blob, "ruhu-item-1|a|visit")


def test_a_new_deposit_key_leaves_the_older_one_readable(ring):
    handset = Handset(deposit_key=ring.deposit_jwk())
    key_id, blob = handset.seal("info", b"text")
    ring.ring["deposit"]["keys"]["d2"] = new_ring()["deposit"]["keys"]["d1"]
    ring.ring["deposit"]["active"] = "d2"
    assert (key_id, ring.deposit_jwk()["id"]) == ("d1", "d2")
    assert ring.open_sealed(key_id, blob, "info") == b"text"


def test_a_ring_made_before_deposit_keys_gets_one_for_good(tmp_path):
    path, old = tmp_path / "keyring.json", new_ring()
    del old["deposit"]
    path.write_text(json.dumps(old))
    opened: list[str] = []
    threads = [threading.Thread(target=lambda: opened.append(json.dumps(KeyRing.open(path).ring))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(opened) == {path.read_text()}
    assert {name: section for name, section in json.loads(opened[0]).items() if name != "deposit"} == old
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keyring.json"]


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
