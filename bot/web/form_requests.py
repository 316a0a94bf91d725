"""Reads a form sent by a browser, and tells one sent by another site."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from bot.web.incoming import read_body
from bot.web.problems import malformed

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 40


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of the form by name, trimmed; line breaks are « \\n ».

    Raises: Refusal when the body is too large or is no form.
    """
    body = await read_body(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise malformed("Envoyez le formulaire depuis sa page.")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise malformed("Le formulaire reçu est illisible : rechargez la page et recommencez.") from None
    return {name: clean(value) for name, value in pairs}


def comes_from_another_site(request: Request, public_url: str) -> bool:
    """Whether a browser says that another site sent this.

    Old browsers and plain http say nothing, and pages without a referrer say « null »: the signed field decides then.
    """
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site not in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    own = {urlsplit(public_url).netloc.lower(), request.headers.get("host", "").lower()}
    return origin != "null" and urlsplit(origin).netloc.lower() not in own


def clean(value: str) -> str:
    """A field's value as people meant it: no spaces around, one kind of line break."""
    # NUL is no character that a person types, and PostgreSQL's texts cannot hold it.
    return value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
