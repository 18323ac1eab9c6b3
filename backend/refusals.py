"""What gunicorn answers to a request that it cannot take apart: no page can be made of it, so one sentence."""

from socket import socket

from backend.problems import sentence

CODES = {414: "address_too_long", 431: "headers_too_large"}
PAGE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{status}</title><p>{sentence}</p></html>\n'


def write_error(line: socket, status: int, reason: str, _said: str) -> None:
    """In place of `gunicorn.util.write_error`, which quotes the request in English."""
    body = PAGE.format(status=status, sentence=sentence(CODES.get(status, "bad_request"))).encode()
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Cache-Control: no-store\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    line.sendall(head.encode() + body)
