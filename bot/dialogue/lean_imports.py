"""Leaves TensorFlow out of a process that only serves.

Rasa imports it through one module of training helpers, which nothing of ours calls while answering: five seconds of the
start and 300 MB. The module is replaced by a stand-in that imports the real one the first time something of it is used,
so that whoever does need it (`rasa train` in the same process) finds it.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

TRAINING_HELPERS = "rasa.utils.train_utils"


class _NotYetImported(ModuleType):
    """A module until its first use."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system asks of every module
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def leave_training_aside() -> None:
    """Call it before anything else of Rasa is imported; afterwards it changes nothing."""
    import rasa.utils

    if TRAINING_HELPERS not in sys.modules:
        sys.modules[TRAINING_HELPERS] = rasa.utils.train_utils = _NotYetImported(TRAINING_HELPERS)
