"""How a phone reaches the server: over a line, or in this process."""

from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from flask import Flask

PATIENCE = 20
Answer = tuple[int, dict[str, str], bytes]
Transport = Callable[[str, str, bytes, dict[str, str]], Answer | None]


def over_http(port: int) -> Transport:
    """One connection a request; None when the line broke."""

    def call(method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            line.request(method, path, body=body, headers=headers | {"Connection": "close"})
            answer = line.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            line.close()

    return call


def directly(app: Flask) -> Transport:
    """The app as it is called by a server, without one."""

    def call(method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        client = app.test_client(use_cookies=False)
        answer = client.open(path, method=method, data=body, headers=headers)
        return answer.status_code, {name.lower(): value for name, value in answer.headers}, answer.data

    return call
