"""A coverage-guided fuzzer of the parsers, for `make nightly`: bytes become French-looking text; a fault or 2 s stop it.

Usage: python -m tests.fuzz.atheris_parsers -max_total_time=180 (any option of libFuzzer).
"""

from __future__ import annotations

import sys
from datetime import date

import atheris

with atheris.instrument_imports(include=["bot"]):
    from bot.admissions.agreement import read_agreement
    from bot.admissions.clauses import split_clauses
    from bot.admissions.facts import Situation
    from bot.admissions.personal_data import clean_name, mask_personal_data
    from bot.admissions.reading import read_situation
    from bot.nlu.contact import find_emails, find_phones

from tests.fuzz.hostile import HOSTILE, LONGEST, PUMPS

TODAY = date(2026, 11, 22)
WORDS = (
    *PUMPS, *HOSTILE, "j'ai ", "un ", "bac", "BTS ", "licence ", "CAP ", "niveau ", "ans ", "mois ", "expérience ", "salarié ", "chômage ", "depuis 2019 ", "stage ", "oui ", "non ",
    "pas ", "obtenu ", "en cours ", "raté ", "pour ma fille ", "? ", "06 39 98 12 34 ", "camille@example.org ",
)
ASKED = (None, "diploma", "experience", "status")


def one_input(data: bytes) -> None:
    """Half of the bytes choose words, the rest are Unicode as it comes."""
    source = atheris.FuzzedDataProvider(data)
    asked = ASKED[source.ConsumeIntInRange(0, 3)]
    pieces = []
    while source.remaining_bytes() and sum(map(len, pieces)) < LONGEST:
        pieces.append(WORDS[source.ConsumeIntInRange(0, len(WORDS) - 1)] if source.ConsumeBool() else source.ConsumeUnicodeNoSurrogates(6))
    text = "".join(pieces)[:LONGEST]
    told = read_situation(text, asked, TODAY, Situation())
    assert set(told.to_slots()) == set(told.changed)
    read_agreement(text), split_clauses(text), clean_name(text), mask_personal_data(text), find_emails(text), find_phones(text)


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], "-timeout=2", *sys.argv[1:]], one_input)
    atheris.Fuzz()
