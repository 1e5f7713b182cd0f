"""The server of the review page: what it shows and what it takes, as JSON.

    GET  /api/queue           beads by doubt, `[article, bead, doubt, kinds, first words, verdict, seen, bookmark]`
    GET  /api/article/{id}    one article pair as it stands
    GET  /api/marks/{id}      its dates and numbers, `[start, stop, kind, value]` a side, and facts told once, by bead;
                              with ?hi=&en= only those read between two places of each side, `0-24`, and no facts
    GET  /api/checked/{id}    ?bead=&bead=: how beads that people changed stand, checked as they read now
    GET  /api/links/{id}      ?bead=: the words of a bead that say the same, their places in its sides in UTF-16 units
    GET  /api/find            ?q=: beads of all article pairs that hold the words, `[article, bead]`
    POST /api/decide          {"who", "tab", "rev": {article: number}, "items": [{"article", "kind", "data"}]}
    POST /api/undo, /api/redo {"who", "tab"}
    GET  /api/progress        ?who=: pace and what is left
    GET  /api/agreement       ?one=&other=

A decision is answered when it is on the disk. One that speaks of beads another window has changed since is refused
with 409 and the reason; nothing is overwritten.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib import resources
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tithi.checks.checker import KINDS
from tithi.errors import DataError
from tithi.report.view import links_view
from tithi.review.agreement import agreement
from tithi.review.find import find
from tithi.review.guard import Guard
from tithi.review.session import OvertakenError, Review

__all__ = ["application"]

_TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
_ROOMS: Final = {
    "tithi.review": (
        "index.html", "review.css", "review.js", "article.js", "cuts.js", "decisions.js", "desk.js", "dialogs.js",
        "queue.js", "server.js", "state.js",
    ),
    "tithi.report": ("report.css", "text.js", "pair.js"),
}  # fmt: skip
_ASSETS: Final = {name: room for room, names in _ROOMS.items() for name in names}
_LARGEST: Final = 8_000_000
_PLACES: Final = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_QUERY: Final = 200
_HITS: Final = 2_000
_AT_ONCE: Final = 50
_LATER: Final = 5.0
"""Seconds in which the page opens before the checks are made ready for what will be changed."""


def application(review: Review, *, token: str, port: int) -> Starlette:
    """Return the ASGI application, guarded; see `review.guard`."""
    shown = {
        "/": lambda _: _asset("index.html"),
        "/assets/{name}": lambda request: _asset(request.path_params["name"]),
        "/api/queue": lambda _: _queue(review),
        "/api/article/{id}": lambda request: _article(review, request.path_params["id"]),
        "/api/progress": lambda request: JSONResponse(review.progress(request.query_params.get("who", ""))),
        "/api/agreement": lambda request: _agreement(review, request),
    }
    routes = [Route(path, _in_turn(answer)) for path, answer in shown.items()]
    routes.append(Route("/api/marks/{id}", lambda request: _marks(review, request)))
    routes.append(Route("/api/links/{id}", partial(_links, review)))
    routes.append(Route("/api/checked/{id}", partial(_checked, review)))
    routes.append(Route("/api/find", lambda request: _found(review, request.query_params.get("q", ""))))
    routes.append(Route("/api/{what:str}", _Change(review), methods=["POST"]))
    return Starlette(
        routes=routes,
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=Guard(token, port))],
        lifespan=lambda _: _checking(review),
    )


class _Change:
    """Takes decisions, undoing and redoing."""

    def __init__(self, review: Review) -> None:
        self._review = review

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        await (await self._answer(request))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if self._review.read_only:
            return JSONResponse({"told": "this page only shows; start it without --read-only to decide"}, 403)
        if int(request.headers.get("content-length", "0") or 0) > _LARGEST:
            return JSONResponse({"told": "too much at once; decide on fewer beads"}, 413)
        try:
            body = await request.json()
            who, tab = _name(body["who"]), str(body.get("tab", ""))[:64]
            return JSONResponse(self._change(request.path_params["what"], who, tab, body))
        except OvertakenError as error:
            return JSONResponse({"told": str(error)}, 409)
        except DataError as error:
            return JSONResponse({"told": str(error)}, 422)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return JSONResponse({"told": "not what the page sends; read it again"}, 400)

    def _change(self, what: str, who: str, tab: str, body: Mapping[str, Any]) -> dict[str, Any]:
        review = self._review
        beads: list[dict[str, Any]] | None = []
        if what == "decide":
            items = [
                {"article": str(item["article"]), "kind": item["kind"], "data": item["data"]} for item in body["items"]
            ]
            rev = {str(article): int(number) for article, number in body["rev"].items()}
            articles = sorted({decision.article for decision in review.decide(who, tab, rev, items)})
        elif what in {"undo", "redo"}:
            turned = review.store.undo(who, tab) if what == "undo" else review.store.redo(who, tab)
            articles = review.turn(turned)
            beads = review.stand(turned)
            if not turned:
                raise DataError(f"nothing to {what}")
        else:
            raise KeyError(what)
        return {"articles": articles, "beads": beads, "rev": review.store.rev()}


def _in_turn(answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Answer on the event loop, one request after the other: the state and the file belong to one thread."""

    async def endpoint(request: Request) -> Response:
        return answer(request)

    return endpoint


def _queue(review: Review) -> Response:
    fields = {
        "dismissed": review.dismissed(),
        "queue": review.queue(),
        "titles": review.library.titles,
        "issues": list(KINDS),
        "readOnly": review.read_only,
    }
    return JSONResponse(fields | {"rev": review.store.rev()})


def _article(review: Review, article: str) -> Response:
    if article not in review.library:
        return JSONResponse({"told": "no such article pair"}, 404)
    return JSONResponse(
        review.desk(article).payload()
        | {
            "name": review.library.titles[article],
            "rev": review.store.rev(article),
            "domains": sorted(review.library.origins[article] - {article}),
        }
    )


@asynccontextmanager
async def _checking(review: Review) -> AsyncIterator[None]:
    """While the server begins, check what people changed before, for the queue to tell it."""
    task = asyncio.create_task(_check_all(review))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _check_all(review: Review) -> None:
    changed = review.changed()
    if not changed:
        await asyncio.sleep(_LATER)
    await run_in_threadpool(review.checks.run, [("हाँ।", "Yes.")])  # the first check of a process takes long
    for article, beads in changed.items():
        for first in range(0, len(beads), _AT_ONCE):
            await _check(review, article, beads[first : first + _AT_ONCE])


async def _check(review: Review, article: str, beads: Sequence[str]) -> list[dict[str, Any]]:
    """Check in a thread of its own, and take what is found on the event loop: keys are answered meanwhile."""
    await run_in_threadpool(review.checks.run, review.unchecked(article, beads))
    return review.checked(article, beads)


async def _checked(review: Review, request: Request) -> Response:
    article, beads = request.path_params["id"], request.query_params.getlist("bead")[:_AT_ONCE]
    if article not in review.library:
        return JSONResponse({"told": "no such article pair"}, 404)
    found = await _check(review, article, beads)
    alone = [one["bead"] for one in found if not all(one["item"]["sides"])]
    facts = await run_in_threadpool(review.library.facts, article, alone) if alone else {}
    return JSONResponse({"beads": found, "facts": facts})


async def _links(review: Review, request: Request) -> Response:
    article, bead = request.path_params["id"], request.query_params.get("bead", "")
    if article not in review.library or bead not in review.desk(article):
        return JSONResponse({"told": "no such bead"}, 404)
    return JSONResponse(await run_in_threadpool(links_view, *review.desk(article).sides(bead)))


# These two take long: a function of Starlette's that is no coroutine has a thread of its own, and keys are answered.
def _marks(review: Review, request: Request) -> Response:
    article = request.path_params["id"]
    if article not in review.library:
        return JSONResponse({"told": "no such article pair"}, 404)
    asked = [_PLACES.fullmatch(request.query_params.get(lang, "")) for lang in ("hi", "en")]
    if not any(asked):
        return JSONResponse(review.library.marks(article))
    hi, en = ((int(found[1]), int(found[2])) if found else (0, 0) for found in asked)
    return JSONResponse(review.library.marks_within(article, hi, en))


def _found(review: Review, query: str) -> Response:
    return JSONResponse(list(find(review.library, query[:_QUERY], _HITS)))


def _agreement(review: Review, request: Request) -> Response:
    found = agreement(
        [(article, review.state(article)) for article in review.library],
        request.query_params.get("one", ""),
        request.query_params.get("other", ""),
    )
    return JSONResponse({"beads": found.beads, "agreed": found.agreed, "kappa": found.kappa, "differ": found.differ})


def _asset(name: str) -> Response:
    room = _ASSETS.get(name)
    if room is None:
        return Response("no such file", 404)
    text = resources.files(room).joinpath(name).read_text(encoding="utf-8")
    return Response(text, media_type=f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8")


def _name(value: object) -> str:
    name = " ".join(str(value).split())[:60]
    if not name:
        raise DataError("who: must be the name of the person who decides; got a blank one; enter a name")
    return name
