"""What requests are made of: ids, pages and bodies, each bounded and checked before anybody sees it."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path, Query, Request, Response
from pydantic import AfterValidator, ConfigDict, Field

from domain.letters import Model
from domain.paging import MOST, USUAL

LONGEST = 400
"""Characters of an id: a cycle's is made of a company, a title and a role's id."""
LARGEST = 2**63 - 1

_PLAIN = r"^[^\x00-\x1f\x7f-\x9f]*[^\x00-\x1f\x7f-\x9f\s][^\x00-\x1f\x7f-\x9f]*$"


def _readable(value: str) -> str:
    if not re.fullmatch(_PLAIN, value):
        raise ValueError("expected an id in printable text")
    return value


Text = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST, json_schema_extra={"pattern": _PLAIN}),
    AfterValidator(_readable),
]
"""The text of an id, in a query or a body."""

Id = Annotated[Text, Path(description="An id of the CRM.", examples=["r-0042"])]
Thread = Annotated[
    Text,
    Path(
        description="A cycle's id, or the id of one of its e-mails (outreach_log).",
        examples=["acme-data-analyst-r0042-1"],
    ),
]
Number = Annotated[int, Path(ge=1, le=LARGEST, examples=[1])]

Cursor = Annotated[
    str | None,
    Query(
        max_length=1000,
        description="Where the page begins: `next` of the page before. Leave it out for the first page.",
    ),
]
Words = Annotated[str, Query(max_length=200, description="Looked for in names, titles and ids.")]
Place = Annotated[int, Field(ge=1, le=LARGEST)]
PLACE = Query(description="Where the page begins: `next` of the page before.")
Most = Annotated[int, Query(ge=1, le=MOST, description="How many a page holds at most.")]
A_PAGE = USUAL


class Body(Model):
    """What a request asks for: unknown fields and values of another type are refused."""

    model_config = ConfigDict(strict=True)


def linked(request: Request, response: Response, follows: object) -> None:
    """Adds where the next page is, if there is one (`Link`, RFC 8288)."""
    if follows is None:
        return
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query = urlencode([*asked, ("cursor", str(follows))])
    response.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
