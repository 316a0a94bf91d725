"""Reads a trained model's files for serving: what is needed to answer, not what trained it."""

from __future__ import annotations

import json
from pathlib import Path

from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata


class ServedModelStorage(LocalModelStorage):
    """Rasa's, without the plan of the training: reading it imports every classifier that Rasa has, and TensorFlow."""

    @staticmethod
    def _load_metadata(directory: Path) -> ModelMetadata:
        stored = json.loads((directory / MODEL_ARCHIVE_METADATA_FILE).read_text(encoding="utf-8"))
        return ModelMetadata.from_dict(stored | {"train_schema": {"nodes": {}}})
