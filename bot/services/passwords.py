"""Passwords: what makes one acceptable, and how it is kept (argon2id) without ever being kept."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.admissions.errors import InputError

FEWEST_CHARACTERS = 12
# Beyond it nobody types: only the time to read it would grow.
MOST_CHARACTERS = 200
FEWEST_DIFFERENT_CHARACTERS = 5
RULES = (
    f"Au moins {FEWEST_CHARACTERS} caractères ; une phrase de quelques mots convient très bien. "
    "Ni votre adresse e-mail, ni une suite de touches répétées."
)
# 64 MiB, three passes: OWASP asks for 19 MiB and two. About a fifth of a second of one busy core; a single lane, because
# a server's cores serve several people.
TIME_COST, MEMORY_KIB, LANES = 3, 65_536, 1


class Passwords:
    """Hashes and verifies; a hash made with other parameters is still read, and known as old."""

    def __init__(self, time_cost: int = TIME_COST, memory_kib: int = MEMORY_KIB) -> None:
        self._hasher = PasswordHasher(time_cost, memory_kib, LANES)
        # Verified when there is no account: the time that an answer takes tells nothing.
        self._nobody = self._hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """What is stored."""
        return self._hasher.hash(_normal(password))

    def is_right(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is the one that was hashed; without a hash False, in the same time."""
        try:
            self._hasher.verify(password_hash or self._nobody, _normal(password[:MOST_CHARACTERS + 1]))
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None

    def is_old(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)


def check_password(password: str, email: str) -> None:
    """Raises InputError, in words for the person, when the password is too easy to guess."""
    text = _normal(password)
    folded = text.casefold()
    if len(text) < FEWEST_CHARACTERS:
        raise InputError(f"Ce mot de passe est trop court : il faut au moins {FEWEST_CHARACTERS} caractères.")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"Ce mot de passe est trop long : {MOST_CHARACTERS} caractères au plus.")
    if email in folded or folded in email:
        raise InputError("Ce mot de passe contient votre adresse e-mail : choisissez autre chose.")
    if len(set(folded)) < FEWEST_DIFFERENT_CHARACTERS or folded in "azertyuiopqsdfghjklmwxcvbn1234567890" * 2:
        raise InputError("Ce mot de passe se devine trop facilement : évitez les répétitions et les suites de touches.")


def _normal(password: str) -> str:
    """The same letters from every keyboard: an accent may be typed as one character or as two."""
    return unicodedata.normalize("NFKC", password)
