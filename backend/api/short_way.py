"""The short way of a photo that comes whole in one request, as village phones bring them in great numbers.

It takes the steps of the ordinary way in their order, and leaves out hooks and answers' workings that do nothing
for such a request: they cost more than the photo. What is unusual goes the ordinary way, and so does every failure,
from the moment that it shows: what is said of it is the same.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request

from backend.api import tus, uploads
from backend.api.marks import told_mark
from backend.web import standing_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ENDPOINT = "uploads_api.begin"
# What these look at is settled by `_is_plain`, or is in no answer of the short way.
LEFT_OUT = {"_bound_content", "_refuse_nul", "_speak", "_check_request_limit", "read_json_first", "check_version"}


class Said:
    """An answer that is put together already."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def __call__(self, _environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        start_response("201 CREATED", list(self._headers.items()))
        return ()


class App(Flask):
    """Flask, with the short way beside the ordinary one."""

    _hooks: list[Callable[[], Any]] | None = None

    def full_dispatch_request(self) -> Any:
        """The answer to the request at hand."""
        if not _is_plain(request.environ) or request.endpoint != ENDPOINT:
            return super().full_dispatch_request()
        try:
            for hook in self._hooks or self._choose_hooks():
                hook()
            return self._say(uploads.begun())
        except Exception as error:
            return self.finalize_request(self.handle_user_exception(error))

    def _choose_hooks(self) -> list[Callable[[], Any]]:
        both = (*self.before_request_funcs[None], *self.before_request_funcs[ENDPOINT.partition(".")[0]])
        self._hooks = [hook for hook in both if hook.__name__ not in LEFT_OUT]
        return self._hooks

    def _say(self, told: dict[str, str]) -> Any:
        if "use_to_note" in g:
            return self.finalize_request(Response(status=201, headers=told))
        return Said(
            {"Content-Type": "text/html; charset=utf-8", "Content-Length": "0", "Vary": "Accept-Encoding"}
            | told | tus.SPOKEN | told_mark() | standing_headers()
        )  # fmt: skip


def _is_plain(environ: "WSGIEnvironment") -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE") == tus.BYTES
        and environ.get("HTTP_TUS_RESUMABLE") == tus.VERSION
        and not environ.get("QUERY_STRING")
        and length.isdecimal()
        and int(length) <= tus.AT_ONCE
    )
