"""Leaves TensorFlow and matplotlib out of a process that only serves.

Rasa imports them through two modules that nothing calls while answering: five seconds of the start and 400 MB. Each is
replaced by a stand-in that imports the real one the first time something of it is used, so that whoever does need it
(`rasa train` in the same process) finds it. (The third way to TensorFlow is bot/dialogue/model_storage.py.)
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

# Helpers of the training, and the evaluation that the training of rules borrows one function from.
ASIDE = ("rasa.utils.train_utils", "rasa.core.test")


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
    for name in ASIDE:
        if name not in sys.modules:
            parent, _, own = name.rpartition(".")
            sys.modules[name] = _NotYetImported(name)
            setattr(importlib.import_module(parent), own, sys.modules[name])
