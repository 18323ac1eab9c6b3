"""The one way out: JSON to a group robot. Only to hosts on the list, only to public addresses, no redirects.

The name is resolved once, every address it has must be public, and the connection goes to that very address:
nobody can answer differently the second time.
"""

import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Collection
from typing import Any
from urllib.parse import SplitResult, urlsplit

SECONDS = 8
LARGEST = 16 * 1024
LOCAL = "127.0.0.1"
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")


class NotAllowed(ValueError):
    """The address is not on the list, not https, or leads into a private network."""


class Refused(RuntimeError):
    """The other side answered that it did not take it."""


def check_address(address: str, hosts: Collection[str], *, may_be_local: bool = False) -> SplitResult:
    """The address in its parts. Raises NotAllowed. `may_be_local` is for tests: plain http to 127.0.0.1."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NotAllowed from error
    if may_be_local and parts.scheme == "http" and parts.hostname == LOCAL:
        return parts
    is_plain = not parts.username and not parts.password and port in (None, 443) and address.isascii()
    if parts.scheme != "https" or not is_plain or (parts.hostname or "") not in hosts or any(c <= " " for c in address):
        raise NotAllowed
    return parts


def public_address(host: str) -> str:
    """One address of a host, all of whose addresses are public. Raises NotAllowed, OSError."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    if not found or not all(is_public(one) for one in found):
        raise NotAllowed
    return sorted(found)[0]


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # What is wrapped for a gateway lies outside 2000::/3, but for 6to4.
        return ip in GLOBAL_UNICAST and ip.is_global and ip.sixtofour is None
    return ip.is_global and not ip.is_multicast


class _Pinned(http.client.HTTPSConnection):
    """Speaks TLS with `host` at an address that was looked at before."""

    def __init__(self, host: str, address: str) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, 443, timeout=SECONDS, context=self._tls)
        self._address = address

    def connect(self) -> None:
        line = socket.create_connection((self._address, 443), timeout=SECONDS)
        self.sock = self._tls.wrap_socket(line, server_hostname=self.host)


def post_json(address: str, body: dict[str, Any], hosts: Collection[str], *, may_be_local: bool = False) -> None:
    """Send `body`. Raises NotAllowed, Refused, OSError (not reachable, too slow)."""
    parts = check_address(address, hosts, may_be_local=may_be_local)
    host = parts.hostname or ""
    if parts.scheme == "http":
        line: http.client.HTTPConnection = http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
    else:
        line = _Pinned(host, public_address(host))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line.request("POST", target, json.dumps(body).encode(), {"Content-Type": "application/json"})
        answer = line.getresponse()
        said = answer.read(LARGEST)
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        line.close()
    if answer.status != 200 or _error_code(said) != 0:
        raise Refused


def _error_code(said: bytes) -> Any:
    """`errcode` as both robots answer it."""
    try:
        told = json.loads(said)
    except ValueError:
        return None
    return told.get("errcode") if isinstance(told, dict) else None
