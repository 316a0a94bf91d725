"""What a form carries from one step to the next: in the page itself, signed, since there is no session.

The browser can neither read nor change it for another value of its own; a form sent twice has the same id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from itsdangerous import BadSignature, URLSafeSerializer

from bot.services.form import Before, Entries

# A page left open overnight still works; a copy found later does not.
VALID_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class FormState:
    """`slots` are the facts of a verdict already given, None when no pre-screening was made."""

    id: str = field(default_factory=lambda: str(uuid4()))
    before: Before = field(default_factory=Before)
    entries: Entries = field(default_factory=Entries)
    slots: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Sealed:
    """What came back: `is_stale` when the page was made too long ago to act on."""

    content: Any
    is_stale: bool


class FormSeals:
    """Signs and checks what pages carry; what is sealed for one purpose opens for no other."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def seal(self, purpose: str, content: Any, now: datetime) -> str:
        """The content as one signed text that a hidden field holds."""
        text = self._serializer(purpose).dumps({"at": int(now.timestamp()), "content": content})
        return text if isinstance(text, str) else text.decode()

    def open(self, purpose: str, text: str, now: datetime) -> Sealed | None:
        """What was sealed, or None for anything that we have not signed for this purpose."""
        try:
            sealed = self._serializer(purpose).loads(text)
        except BadSignature:
            return None
        return Sealed(sealed["content"], now.timestamp() - sealed["at"] > VALID_FOR.total_seconds())

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        signer = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        return URLSafeSerializer(self._secret_key, salt=purpose, signer_kwargs=signer)


def state_to_json(state: FormState) -> dict[str, Any]:
    """The state as JSON, without what is empty."""
    entries = {name: value for name, value in asdict(state.entries).items() if value}
    return {"id": state.id, "before": asdict(state.before), "entries": entries, "slots": state.slots}


def state_from_json(content: Mapping[str, Any]) -> FormState:
    """The reverse; only what we have signed comes here, perhaps with fields of an earlier version, which are ignored."""
    return FormState(content["id"], Before(**_known(Before, content["before"])), Entries(**_known(Entries, content["entries"])), content["slots"])


def _known(kind: type[Before | Entries], content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name in kind.__dataclass_fields__}
