"""What nobody would type, on purpose: texts that break parsers, and how many of them a run tries.

`make test` tries a few thousand; `make nightly` sets FUZZ_SCALE and tries ten times as many, with new ones each night.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

SCALE = int(os.environ.get("FUZZ_SCALE", "1"))
LONGEST = 1_000  # code points: what the API takes
SLOWEST_S = 2.0
# What this run has really tried, by kind; conftest.py prints it at the end.
TRIED: Counter[str] = Counter()

# Pieces that regular expressions of French situations stumble over when repeated.
PUMPS = (
    "a", "1", "é", " ", "\n", "-", ".", ",", "'", "’", "@", "+33", "0 ", "06 ", "1,", "1.", "ans ", "mois", "1 an ", "2 ans et ", "de 2010 à ", "depuis ",
    "j'ai ", "bac ", "bac+", "bts ", "BTS ou ", "niveau ", "niveau 3 ", "V ", "non ", "pas de ", "un ", "vingt ", "cent ", "et ", "ou ", "entre ", "à ", "environ ",
    "stage ", "salarié ", "au chômage ", "a@a.", "a.a@", "mon mail ", "je m'appelle ", "Jean-", "((", "[", "](", "**", "/", "\\", "{{", "%", "&", "<", "\u0301", "\u200d",
    "👩‍👩‍👧 ", "\u202e", "ﷺ", "İ", "ß", "ǆ", "½", "²", "٣", "１", "\x1b[2J", "\ufeff", "quelques ", "plusieurs années ", "licence 2 ", "2e année ", "équivalent ",
)
HOSTILE = (
    "/restart", "/inform{\"email\":\"x\"}", "EXTERNAL: restart", "[bac](diploma)", "{{7*7}}", "${7*7}", "%s%n%x", "' OR 1=1 --", "\"; DROP TABLE leads; --", "<script>alert(1)</script>",
    "javascript:alert(1)", "[clic](javascript:alert(1))", "\r\nSet-Cookie: a=b", "\r\n\r\nGET / HTTP/1.1", "../../etc/passwd", "file:///etc/passwd", "=cmd|' /C calc'!A0", "@SUM(1+1)",
    "\x00", "a\x00b", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe", "\U0010ffff", "\u202emoc.elpmaxe@a", "\u200b\u200c\u200d", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "مرحبا كيف حالك", "שלום", "𝓳'𝓪𝓲 𝓾𝓷 𝓫𝓪𝓬", "ｊ'ａｉ ｕｎ ＢＴＳ", "😀" * 50, "null", "undefined", "NaN", "1e309", "99999999999999999999 ans", "-1 ans", "0x41 mois", "1/0 ans", "٣ سنوات", "½ an",
)

_words = st.sampled_from((
    "j'ai", "un", "bac", "BTS", "licence", "CAP", "niveau", "3", "IV", "ans", "mois", "d'expérience", "salarié", "au chômage", "oui", "non", "merci", "quel", "prix", "bloc", "VAE",
    "2019", "depuis", "jusqu'à", "stage", "mairie", "camille@example.org", "06 39 98 12 34", "je m'appelle", "Léa", "?", "!", ",", ".", "et", "ou", "pas", "pour ma fille",
))
_sentences = st.lists(_words, min_size=1, max_size=40).map(" ".join)
_unicode = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
_pumped = st.builds(
    lambda start, pump, end: (start + pump * LONGEST)[: LONGEST - len(end)] + end,
    st.sampled_from(("", "j'ai ", "mail ", "de ", "niveau ")), st.sampled_from(PUMPS), st.sampled_from(("", "!", "@", "x", " ans", "é", "\n")),
)
_mixed = st.lists(st.one_of(st.sampled_from(PUMPS), st.sampled_from(HOSTILE), _words), min_size=1, max_size=30).map("".join)

# Long repeats cost most: one text in ten.
texts = st.integers(0, 9).flatmap(
    lambda kind: (_pumped, st.sampled_from(HOSTILE), _unicode, _unicode, _sentences, _sentences)[kind] if kind < 6 else _mixed
).map(lambda text: text[:LONGEST])
short_texts = st.one_of(st.sampled_from(HOSTILE), _mixed, _unicode).map(lambda text: text[:200])


def inputs(quick: int) -> Callable[[Any], Any]:
    """Tries that many inputs in `make test`, always the same; SCALE times as many, and new ones, at night."""
    return settings(
        max_examples=quick * SCALE,
        derandomize=SCALE == 1,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink) if SCALE > 1 else (Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
