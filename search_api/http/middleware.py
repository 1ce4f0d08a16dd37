"""What holds for every request and every answer, whatever the route."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.http.routes.bodies import refuse_body
from search_api.settings import Settings

ONLY_OURS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

OPEN_TO_ALL = ("/image", "/manifest.json")
"""What viewers on pages of other hosts fetch, or are told why they cannot; all else is for our own page."""


class Guard:
    """Refuses bodies that are too large before they are read; says what other hosts may do with answers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ONLY_OURS)
                if scope["path"].endswith(OPEN_TO_ALL):
                    headers["Access-Control-Allow-Origin"] = "*"
            await send(message)

        refusal = refuse_body(Request(scope), self._settings) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send_guarded)


class AnswerHeads:
    """Lets an application answer HEAD as it answers GET, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        if scope.get("method") == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, send_head)
        else:
            await self._app(scope, receive, send)
