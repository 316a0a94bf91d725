"""The assistant in a terminal: `bot chat` and `bot ask`. Conversations are kept as those of the web are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bot.admissions.errors import InputError
from bot.logs import quiet_libraries
from bot.services.conversations import Incoming, handle_message, open_conversation
from bot.services.locks import ConversationLocks


class TerminalConversation:
    """One conversation; buttons are chosen by their number."""

    def __init__(self, root: Path) -> None:
        from bot.bootstrap import bootstrap, load_brain
        from bot.storage.migrate import migrate

        self._program = bootstrap(root)
        quiet_libraries(self._program.settings.log_level)
        migrate(self._program.engine)
        self._brain = load_brain(self._program, root)
        self._locks = ConversationLocks()
        opened = open_conversation(self._program.uow_factory, self._brain, self._program.assistant.now())
        self._id, self.messages = opened.conversation_id, opened.messages

    def say(self, typed: str) -> None:
        """Handles what was typed, or the button whose number it is. Raises InputError for a text that cannot be taken."""
        buttons = [button for message in self.messages for button in message.get("buttons", [])]
        number = int(typed) if typed.isdigit() and len(typed) < 3 else 0
        chosen = buttons[number - 1]["payload"] if 0 < number <= len(buttons) else None
        incoming = Incoming(self._id, payload=chosen) if chosen else Incoming(self._id, text=typed)
        reply = handle_message(self._program.uow_factory, self._brain, self._locks, incoming, self._program.assistant.now())
        self.messages = reply.messages


def chat(root: Path) -> int:
    """A conversation until the end of input or Ctrl+C."""
    conversation = TerminalConversation(root)
    _show(conversation.messages)
    while True:
        try:
            typed = input("\nvous > ").strip()
        except EOFError:
            print()
            return 0
        try:
            conversation.say(typed)
            _show(conversation.messages)
        except InputError as error:
            print(error.message, file=sys.stderr)


def ask(root: Path, question: str) -> int:
    """The answer to one question, alone on standard output."""
    conversation = TerminalConversation(root)
    conversation.say(question)
    _show(conversation.messages)
    return 0


def _show(messages: list[dict[str, Any]]) -> None:
    number = 0
    for message in messages:
        print(f"\n{message['text']}")
        for button in message.get("buttons", []):
            number += 1
            print(f"  [{number}] {button['title']}")
        if "source" in message:
            print(f"  (source : {message['source']['section']}, lue le {message['source']['as_of']})")
