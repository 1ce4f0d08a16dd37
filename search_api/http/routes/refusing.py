"""Whatever goes wrong is answered as problem details (RFC 9457) that name the field and the remedy."""

import logging
from collections.abc import Mapping, Sequence

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.routing import BaseRoute, Match, Mount

from encoders.errors import MoodseumError
from search_api.errors import quoted, wrong_value
from search_api.http import problems
from search_api.http.problem_schema import ProblemSchema
from search_api.http.problems import Kind
from search_api.http.routes.common import PROBLEM

RETRY = {"Retry-After": "5"}
UNREADY = "Nothing can be answered yet; try again later, or see in the server's log what it lacks."
"""For all that only who runs the server can mend: those sentences name its folders and hosts."""
METHODS = ("GET", "HEAD", "POST")
FILE_METHODS = ("GET", "HEAD")

log = logging.getLogger(__name__)

Fault = Mapping[str, object]
"""One of pydantic's error records."""

_KINDS = {"missing": problems.MISSING_PARAMETER, "extra_forbidden": problems.UNKNOWN_PARAMETER}


def problem(kind: Kind, sentence: str) -> JSONResponse:
    """A response that no field is to blame for."""
    return respond(ProblemSchema.of(kind, sentence))


def respond(content: ProblemSchema, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem as a response."""
    return JSONResponse(content.model_dump(), content.status, headers=dict(headers or {}), media_type=PROBLEM)


def refused(error: MoodseumError) -> ProblemSchema:
    """What one of our own errors says."""
    return ProblemSchema.of(problems.kind_of(error), str(error), error.field)


def invalid(faults: Sequence[Fault]) -> ProblemSchema:
    """What pydantic found wrong; the first fault in full, of others a sentence for each field."""
    sentences = {_field(fault): _sentence(fault) for fault in reversed(faults)}
    first = faults[0]
    kind = _KINDS.get(str(first["type"]), problems.WRONG_VALUE)
    errors = dict(reversed(sentences.items())) if len(sentences) > 1 else None
    return ProblemSchema.of(kind, _sentence(first), _field(first), errors)


def answer_with_problems(app: FastAPI) -> None:
    """Let an application answer so."""

    @app.exception_handler(MoodseumError)
    def refuse(request: Request, error: MoodseumError) -> Response:
        if not problems.is_ours(error):
            return respond(refused(error))
        log.warning("No answer to %s: %s", request.url.path, error)
        return respond(ProblemSchema.of(problems.NOT_READY, UNREADY), RETRY)

    @app.exception_handler(RequestValidationError)
    def refuse_invalid(request: Request, error: RequestValidationError) -> Response:
        faults = error.errors()
        if faults[0]["type"] == "json_invalid":
            return _unreadable()
        return respond(invalid(faults))

    @app.exception_handler(400)
    def refuse_unreadable(request: Request, error: Exception) -> Response:
        return _unreadable()

    @app.exception_handler(404)
    def miss(request: Request, error: Exception) -> Response:
        path, taken = request.url.path, _taken(request)
        if taken and request.method not in taken:  # the page's files are looked through for any GET
            return refuse_method(request, error)
        sentence = f"There is nothing at {quoted(path)}; see /openapi.json for what there is."
        return problem(problems.UNKNOWN_PATH, sentence)

    @app.exception_handler(405)
    def refuse_method(request: Request, error: Exception) -> Response:
        path, method = request.url.path, request.method
        sentence = f"{quoted(path)} does not take {method}; see /openapi.json for what it does."
        return respond(ProblemSchema.of(problems.WRONG_METHOD, sentence), {"Allow": _allowed(request)})

    @app.exception_handler(Exception)
    def fail(request: Request, error: Exception) -> Response:
        return problem(
            problems.FAILED, "Something went wrong inside; ask again, or look into the server's log."
        )


def _allowed(request: Request) -> str:
    """The methods that are taken at an address: those of its routes, or of the page's files."""
    return ", ".join(_taken(request) or FILE_METHODS)


def _taken(request: Request) -> list[str]:
    """The methods that routes take at an address; none where only the page's files may lie."""
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    return [method for method in METHODS if any(_takes(route, request, method) for route in routes)]


def _takes(route: BaseRoute, request: Request, method: str) -> bool:
    method = "GET" if method == "HEAD" else method  # as `AnswerHeads` has it
    return route.matches({**request.scope, "method": method})[0] is Match.FULL


def _unreadable() -> Response:
    return problem(
        problems.UNREADABLE_BODY, "The body of the request cannot be read; send what its Content-Type says."
    )


def _field(fault: Fault) -> str:
    """The name of a parameter; where it is repeated its places do not matter."""
    location = fault["loc"]
    assert isinstance(location, tuple)
    names = [str(part) for part in location if isinstance(part, str)]
    return names[-1] if names else "body"


def _sentence(fault: Fault) -> str:
    name = _field(fault)
    if fault["type"] == "extra_forbidden":
        return f"There is no parameter {name}; see /openapi.json for those there are."
    return wrong_value(f"The parameter {name}", fault)
