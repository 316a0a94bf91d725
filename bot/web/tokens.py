"""Conversation tokens: the conversation's id, signed. They end with the conversation, not at a date."""

from __future__ import annotations

import hashlib

from itsdangerous import BadSignature, URLSafeSerializer

from bot.web.problems import TOKEN_INVALID, Refusal


class ConversationTokens:
    """Makes and reads tokens with the secret key; one kind of token cannot pass for another."""

    def __init__(self, secret_key: str) -> None:
        self._serializer = URLSafeSerializer(
            secret_key,
            salt="conversation-token",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def sign(self, conversation_id: str) -> str:
        """The token that opens this conversation."""
        token = self._serializer.dumps(conversation_id)
        return token if isinstance(token, str) else token.decode()

    def read(self, token: str) -> str:
        """The id of the conversation that this token opens. Raises: Refusal for anything we have not signed."""
        try:
            conversation_id = self._serializer.loads(token)
        except BadSignature:
            raise Refusal(TOKEN_INVALID) from None
        return str(conversation_id)
