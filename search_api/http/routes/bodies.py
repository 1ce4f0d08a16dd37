"""Bodies of requests: of the type that a route takes, and no larger than allowed."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from search_api.errors import quoted
from search_api.http.problems import TOO_LARGE, UNSAID_LENGTH, WRONG_MEDIA_TYPE
from search_api.http.routes.refusing import problem
from search_api.settings import MEGA, Settings

FORM = "multipart/form-data"
JSON = "application/json"


def taking(media_type: str) -> type[APIRoute]:
    """The class of routes whose bodies are of one type; others are refused unread."""

    class Taking(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer = super().get_route_handler()

            async def handle(request: Request) -> Response:
                sent = request.headers.get("content-type", "")
                if sent.partition(";")[0].strip().lower() == media_type:
                    return await answer(request)
                sentence = f"The body is {quoted(sent) if sent else 'of no type'}; send {media_type}."
                return problem(WRONG_MEDIA_TYPE, sentence)

            return handle

    return Taking


def refuse_body(request: Request, settings: Settings) -> Response | None:
    """The problem with a body whose length is unsaid or above the limit."""
    if request.method != "POST":  # no other is read
        return None
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal()):
        return problem(UNSAID_LENGTH, "The request does not say how long it is; send Content-Length.")
    if int(length) > settings.upload_mb * MEGA:
        sentence = f"The request has {int(length) / MEGA:.1f} MB; send at most {settings.upload_mb} MB."
        return problem(TOO_LARGE, sentence)
    return None
