"""Every error that this project raises on purpose, in one tree.

AdmissionsError
├── InputError            what a person or a program sent cannot be used
├── KnowledgeError        a file of knowledge/ is wrong: place, value, remedy
├── SettingsError         a setting is missing or wrong: name, value, remedy
└── StorageError          what is stored could not be read or written
    ├── StorageUnavailable    the database does not answer; nothing was kept
    ├── ConversationChanged   another process changed the conversation meanwhile; do the turn again
    └── EditedMeanwhile       a colleague changed the same thing meanwhile; look at it, then decide again
"""

from __future__ import annotations


class AdmissionsError(Exception):
    """Base of the tree; `message` is one clear sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(AdmissionsError):
    """What a person or a program sent cannot be used; the message says what is expected."""


class KnowledgeError(AdmissionsError):
    """A file of knowledge/ is wrong; the message is French because the admissions office reads it."""

    def __init__(self, place: str, value: object, remedy: str) -> None:
        super().__init__(f"{place} : {value!r} ne convient pas. {remedy}")
        self.place, self.value, self.remedy = place, value, remedy


class SettingsError(AdmissionsError):
    """A setting is missing or wrong; `name` is the environment variable."""

    def __init__(self, name: str, value: object, remedy: str) -> None:
        super().__init__(f"{name}={value} : {remedy}")
        self.name, self.value, self.remedy = name, value, remedy


class StorageError(AdmissionsError):
    """What is stored could not be read or written."""


class StorageUnavailable(StorageError):
    """The database does not answer; nothing of the current message was kept. `cause` names the failure for operators."""

    def __init__(self, message: str, cause: str = "unknown") -> None:
        super().__init__(message)
        self.cause = cause


class ConversationChanged(StorageError):
    """Another process changed the conversation meanwhile; the whole turn must be done again."""


class EditedMeanwhile(StorageError):
    """Somebody else changed or ended what was being edited; nothing was overwritten."""

    def __init__(
        self,
        message: str = "Un collègue a modifié la même chose entre-temps : rien n'a été remplacé. Regardez sa version, puis recommencez.",
    ) -> None:
        super().__init__(message)
