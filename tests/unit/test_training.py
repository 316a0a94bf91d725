"""A model is served only when it is, byte for byte, the one that was trained here."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from bot import training
from bot.admissions.errors import SettingsError
from bot.training import digest_path, record_digest, train_if_needed, trained_model


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A whole archive where the model of the present data is looked for."""
    path = tmp_path / "assistant-0123.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo("metadata.json")
        entry.size = 2_000
        archive.addfile(entry, io.BytesIO(bytes(range(250)) * 8))
    monkeypatch.setattr(training, "model_path", lambda root, folder: path)
    return path


def test_the_model_that_was_trained_is_served(model: Path) -> None:
    record_digest(model)

    assert trained_model(model.parent, model.parent) == model


def test_a_changed_byte_is_not_served(model: Path) -> None:
    record_digest(model)
    content = bytearray(model.read_bytes())
    content[9] ^= 1  # the operating system's field of gzip's header: the archive itself still reads
    model.write_bytes(content)
    assert training.is_whole(model)

    with pytest.raises(SettingsError, match="empreinte SHA-256"):
        trained_model(model.parent, model.parent)


def test_another_archive_under_the_same_name_is_not_served(model: Path, tmp_path: Path) -> None:
    record_digest(model)
    with tarfile.open(model, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("other"))

    with pytest.raises(SettingsError, match="empreinte SHA-256"):
        trained_model(tmp_path, tmp_path)


def test_a_model_without_its_fingerprint_is_not_served_until_train_records_it(model: Path) -> None:
    with pytest.raises(SettingsError, match="empreinte SHA-256"):
        trained_model(model.parent, model.parent)

    assert train_if_needed(model.parent, model.parent) == (model, False)
    assert trained_model(model.parent, model.parent) == model


def test_train_never_records_a_changed_model_anew(model: Path) -> None:
    record_digest(model)
    recorded = digest_path(model).read_text()
    content = bytearray(model.read_bytes())
    content[9] ^= 1
    model.write_bytes(content)

    train_if_needed(model.parent, model.parent)

    assert digest_path(model).read_text() == recorded


def test_the_real_model_holds_no_pickle() -> None:
    """What Rasa and our components load is JSON, YAML and numpy arrays read without pickle."""
    models = sorted((Path(__file__).parents[2] / "models").glob("assistant-*.tar.gz"))
    if not models:
        pytest.skip("no model is trained yet")
    with tarfile.open(models[-1]) as archive:
        kinds = {Path(member.name).suffix for member in archive.getmembers() if member.isfile()}
    assert kinds <= {".json", ".yml", ".npz", ".npy"}
