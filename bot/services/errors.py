"""What a use case refuses, on top of the tree of bot/admissions/errors.py.

InputError
├── TextEmpty             nothing but spaces was typed
├── TextTooLong           more than the allowed number of characters
├── PayloadNotOffered     the last answer of this conversation offered no such button
├── MessageIdReused       this client's message id already stands for another message
├── MessageUnknown        no such answer in this conversation
└── ConversationNotFound  the conversation was erased, or its time has run out
"""

from __future__ import annotations

from bot.admissions.errors import InputError


class TextEmpty(InputError):
    """Nothing but spaces was typed."""


class TextTooLong(InputError):
    """More than the allowed number of code points was typed."""


class PayloadNotOffered(InputError):
    """The last answer of this conversation offered no such button."""


class MessageIdReused(InputError):
    """This client's message id already stands for a message with other content."""


class MessageUnknown(InputError):
    """No such answer in this conversation."""


class ConversationNotFound(InputError):
    """The conversation was erased, or its time has run out."""
