"""A foreign language is named only when it is sure."""

from __future__ import annotations

import pytest

from bot.nlu.language import detect_language


@pytest.mark.parametrize(("text", "code"), [
    ("Hello, how can I apply for this course?", "en"), ("what are the fees please", "en"), ("Hola, ¿cómo puedo inscribirme?", "es"), ("Buenas tardes, ¿cuándo empieza el curso?", "es"),
    ("Quanto custa e quando começa?", "pt"), ("Quanto costa e quando inizia il corso?", "it"),
    ("Bom dia, quanto custa e como posso me candidatar?", "pt"), ("Guten Tag, was kostet das und wie kann ich mich bewerben?", "de"),
    ("Buongiorno, come posso iscrivermi?", "it"), ("مرحبا، كيف يمكنني التسجيل؟", "ar"), ("Добрый день, сколько это стоит?", "ru"),
    ("Скільки це коштує? Чи є підтримка?", "uk"), ("你好，怎么报名？", "zh"),
])
def test_a_language_is_recognised(text: str, code: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["c'est combien la formation", "slt jve minscrire", "bonjour je voudrais savoir", "azerty qsdf", "il se fout de moi ce con", "ok", "BTS", ""])
def test_french_and_doubt_are_no_foreign_language(text: str) -> None:
    assert detect_language(text) is None
