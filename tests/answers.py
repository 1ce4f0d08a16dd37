"""What HTTP answers must look like, whatever was asked, and pictures to send."""

import io

from httpx2 import Response
from PIL import Image

from search_api.http.problems import KINDS
from search_api.http.routes.common import PROBLEM


def png(colour: str = "teal", size: tuple[int, int] = (30, 20)) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def assert_problem(response: Response, status: int, *parts: str, field: str | None = None) -> None:
    """Problem details of this status that blame this field, and whose sentence has all parts."""
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    problem = response.json()
    assert set(problem) - {"errors"} == {"type", "title", "status", "detail", "field"}
    kind = KINDS[problem["type"].removeprefix("/problems/")]
    assert (problem["status"], problem["title"]) == (status, kind.title)
    assert kind.status == status
    assert problem["field"] == field
    for part in parts:
        assert part in problem["detail"]
