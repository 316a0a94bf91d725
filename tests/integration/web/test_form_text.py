"""The small Markdown of answers becomes nodes, and nothing else does."""

from __future__ import annotations

import pytest

from bot.web.form_text import Span, blocks_of, spans_of


def test_paragraphs_keep_their_lines_and_lists_their_items():
    blocks = blocks_of("Un :\n- a\n- b\n\n- c\nDeux\ntrois")
    assert [(block.is_list, [row[0].text for row in block.rows]) for block in blocks] == [
        (False, ["Un\u202f:"]), (True, ["a", "b"]), (True, ["c"]), (False, ["Deux", "trois"])]


def test_bold_and_links_are_spans():
    assert spans_of("du **gras** et [un lien](https://www.unilim.fr).") == (
        Span("du "), Span("gras", is_bold=True), Span(" et "), Span("un lien", address="https://www.unilim.fr"), Span("."))
    assert spans_of("voir https://www.unilim.fr/a.") == (Span("voir "), Span("https://www.unilim.fr/a", address="https://www.unilim.fr/a"), Span("."))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "//ailleurs.example", "/staff", "java\tscript:x", "vbscript:x"])
def test_a_link_of_another_scheme_stays_text(address):
    assert all(span.address is None for span in spans_of(f"[ici]({address})"))


def test_markup_is_text():
    assert spans_of("<b>x</b>") == (Span("<b>x</b>"),)


def test_punctuation_keeps_to_its_word():
    assert spans_of("Quoi ? « Non » !")[0].text == "Quoi\u202f? «\u202fNon\u202f»\u202f!"
