"""Who may speak to the server: this machine's browser with the token, from our own page, and no one else.

A page elsewhere cannot read or decide anything: `Host` must be ours (no rebinding of names), a change must come with
our `Origin`, and every request needs the token that the start of the server prints, kept in a cookie from then on.
"""

import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

__all__ = ["COOKIE", "POLICY", "Guard"]

COOKIE: Final = "tithi_review"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Answers what must not pass, and hands on the rest; `token` is random, `port` the one that is listened on."""

    def __init__(self, token: str, port: int) -> None:
        self._token = token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Answer one request."""
        response = self._refused(request) or await call_next(request)
        response.headers.update(_HEADERS)
        return response

    def _refused(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("This address is not the server's own.", 403)
        if request.method not in {"GET", "HEAD"} and request.headers.get("origin") != f"http://{host}":
            return PlainTextResponse("A change must come from the server's own page.", 403)
        given = request.query_params.get("token")
        if given is not None and self._same(given) and request.method == "GET":
            entered = RedirectResponse(request.url.path, 303)
            entered.set_cookie(COOKIE, self._token, httponly=True, samesite="strict")
            return entered
        if not self._same(request.cookies.get(COOKIE, "")):
            return PlainTextResponse("Open the address that the command printed; it holds the key.", 403)
        return None

    def _same(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode("ascii"))
