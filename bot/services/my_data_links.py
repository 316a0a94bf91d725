"""The link by which a person sees and erases what is kept about them: an address that we signed, with nothing personal in it."""

from __future__ import annotations

import hashlib
from typing import Protocol

from itsdangerous import BadSignature, URLSafeSerializer

PATH = "/mes-donnees/"
NOT_ME_PATH = f"{PATH}pas-moi/"


class LinkSettings(Protocol):
    @property
    def public_url(self) -> str: ...
    @property
    def secret_key(self) -> str: ...


def my_data_link(settings: LinkSettings, lead_id: str) -> str:
    """The whole address, for an e-mail. It holds as long as the lead is kept."""
    return f"{settings.public_url}{my_data_path(settings, lead_id)}"


def my_data_path(settings: LinkSettings, lead_id: str) -> str:
    """The same on our own site."""
    token = _serializer(settings).dumps(lead_id)
    return f"{PATH}{token if isinstance(token, str) else token.decode()}"


def not_me_link(link: str) -> str:
    """The address of the short page for whoever says « ce n'était pas moi », from that of their data."""
    site, _, token = link.rpartition(PATH)
    return f"{site}{NOT_ME_PATH}{token}"


def lead_id_of(settings: LinkSettings, token: str) -> str | None:
    """The lead that the end of an address leads to, or None when we have not signed it for this."""
    try:
        return str(_serializer(settings).loads(token))
    except BadSignature:
        return None


def _serializer(settings: LinkSettings) -> URLSafeSerializer:
    signer = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(settings.secret_key, salt="mes-donnees", signer_kwargs=signer)
