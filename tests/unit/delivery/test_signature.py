"""The signature of Standard Webhooks, checked against an example worked out by hand."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from bot.delivery.webhook import signed_headers, signing_key

KEY = b"0123456789abcdef0123456789abcdef"
ENCODED = base64.b64encode(KEY).decode()


@pytest.mark.parametrize(
    ("secret", "key"),
    [
        (f"whsec_{ENCODED}", KEY),
        (ENCODED, KEY),
        ("un secret choisi à la main", "un secret choisi à la main".encode()),
        ("whsec_un-secret-choisi", b"un-secret-choisi"),
    ],
)
def test_a_secret_is_base64_with_or_without_its_prefix_and_else_its_own_bytes(secret, key):
    assert signing_key(secret) == key


def test_the_signature_covers_id_time_and_body():
    headers = signed_headers(f"whsec_{ENCODED}", "msg_1", 1_700_000_000, b'{"a":1}')
    expected = hmac.new(KEY, b'msg_1.1700000000.{"a":1}', hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("msg_1", "1700000000")


def test_the_published_example_of_the_standard_is_reproduced():
    headers = signed_headers("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
