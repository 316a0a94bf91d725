"""Publications over the curated base: what they change, and what they can never do."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from bot.admissions.publications import Publication
from bot.catalogue import grouping
from bot.catalogue.additions import LEAST_WORDS, LIKELY, NEAR, AdditionIndex, PhraseVectors
from bot.catalogue.catalogue import Catalogue, load_catalogue
from bot.catalogue.editing import editable, template_of
from bot.catalogue.overlay import Overlay, card_parts, text_of
from bot.catalogue.search import LexicalEmbedder
from tests.integration.learning import builders as made
from tests.unit.catalogue.conftest import KNOWLEDGE, TODAY


@pytest.fixture(scope="module")
def curated() -> Catalogue:
    return load_catalogue(KNOWLEDGE, TODAY)


def test_nothing_published_changes_no_answer(curated: Catalogue) -> None:
    plain = Overlay(curated).apply([], TODAY)
    assert {name: plain.render(name, on=TODAY) for name in curated.cards} == {name: curated.render(name, on=TODAY) for name in curated.cards}


def test_a_practical_value_is_said_until_its_last_day(curated: Catalogue) -> None:
    overlay, price = Overlay(curated), made.practical(expires_on=date(2026, 11, 30))
    assert "2 000 € par an" in overlay.apply([price], date(2026, 11, 30)).render("prix", on=date(2026, 11, 30)).text
    assert "Je ne sais pas" in overlay.apply([price], date(2026, 12, 1)).render("prix", on=date(2026, 12, 1)).text


def test_a_value_that_looks_like_a_template_is_text(curated: Catalogue) -> None:
    typed = "{{ f.identite.code }} {% if x %}"
    assert typed in Overlay(curated).apply([made.practical(value=typed)], TODAY).render("prix", on=TODAY).text


def test_a_written_answer_is_never_a_template(curated: Catalogue) -> None:
    typed = "{{ 1 + 1 }} {% for x in y %} <b>oui</b>"
    catalogue = Overlay(curated).apply([made.answer("un parking", text=typed)], TODAY)
    said = catalogue.render(made.PARKING, on=TODAY)
    assert said.text == typed and said.buttons == (("Parler à une personne", "humain"),)
    assert catalogue.card_for_intent(f"ask_{made.PARKING}").id == made.PARKING


def test_a_correction_that_no_longer_fits_leaves_the_curated_text(curated: Catalogue) -> None:
    broken = made.correction("niveau", "Niveau {{ f.identite.disparu }}.")
    catalogue = Overlay(curated).apply([broken], TODAY)
    assert catalogue.render("niveau", on=TODAY) == curated.render("niveau", on=TODAY)
    assert catalogue.left_out == {broken.id}


@pytest.mark.parametrize(("card", "part"), [("disparue", "reponse"), ("niveau", "variantes.7.reponse")])
def test_a_correction_of_what_is_gone_is_left_out(curated: Catalogue, card: str, part: str) -> None:
    gone = made.correction(card, "Bonjour.", part)
    assert Overlay(curated).apply([gone], TODAY).left_out == {gone.id}


def test_two_parts_of_one_answer_are_corrected_apart(curated: Catalogue) -> None:
    publications = [made.correction("prerequis", "La règle."), made.correction("prerequis", "Plus simple.", "simple")]
    catalogue = Overlay(curated).apply(publications, TODAY)
    said = [catalogue.render("prerequis", on=TODAY, simple=simple).text for simple in (False, True)]
    assert said == ["La règle.", "Plus simple."]
    assert catalogue.render("prerequis", voie="vae", on=TODAY) == curated.render("prerequis", voie="vae", on=TODAY)


def test_every_text_of_the_base_survives_its_editor(curated: Catalogue) -> None:
    for card in curated.cards.values():
        for part in card_parts(card):
            template = text_of(card, part) or ""
            text, codes = editable(template)
            assert template_of(text, codes, {}).strip("\n") == template.strip("\n"), (card.id, part)


def index(*additions: Publication) -> AdditionIndex:
    intents = {"lieu": "ask_place", "prix": "ask_price"}
    return AdditionIndex(additions, intents.get, PhraseVectors(LexicalEmbedder()))


def test_the_same_words_are_always_found_whatever_their_accents() -> None:
    (found,) = index(made.topic("Où se garer ?")).nearest(["ou se garer"])
    assert found is not None and (found.intent, found.similarity) == ("ask_place", 1.0) and found.answers(is_in_doubt=False)


def test_less_is_enough_in_doubt() -> None:
    (near,) = index(made.topic("y a-t-il un parking pour les étudiants")).nearest(["un parking pour les étudiants y en a-t-il"])
    assert near is not None
    assert near.answers(is_in_doubt=True) == (near.similarity >= LIKELY) and near.answers(is_in_doubt=False) == (near.similarity >= NEAR)


@pytest.mark.parametrize("said", ["ok", "👍", "   ", "?"])
def test_too_little_is_like_nothing(said: str) -> None:
    assert len(said.split()) < LEAST_WORDS
    assert index(made.topic("ok merci pour le parking")).nearest([said]) == [None]


def test_a_topic_that_is_gone_attracts_nothing() -> None:
    assert len(index(made.topic("un parking ?", card="disparue"))) == 0


class CountingEmbedder(LexicalEmbedder):
    """Counts the sentences that it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def encode(self, sentences: list[str]) -> np.ndarray:
        self.count += len(sentences)
        return super().encode(sentences)


def test_phrases_are_encoded_once_and_no_message_without_additions() -> None:
    embedder = CountingEmbedder()
    vectors = PhraseVectors(embedder)
    AdditionIndex([], {}.get, vectors).nearest(["un parking ?", "et le bus"])
    AdditionIndex([made.topic("un parking ?")], {"lieu": "ask_place"}.get, vectors)
    before = embedder.count
    AdditionIndex([made.topic("un parking ?"), made.answer("un casier ?")], {"lieu": "ask_place"}.get, vectors)
    assert (before, embedder.count) == (1, 2)


def test_grouping_is_the_same_each_time_and_puts_same_words_together() -> None:
    texts = ["un parking ?", "quel bus", "Un parking", "un parking svp", "une cantine"]
    vectors = grouping.encode(texts, LexicalEmbedder())
    groups = grouping.group(texts, vectors)
    assert groups == grouping.group(texts, vectors)
    assert sorted(position for positions in groups for position in positions) == [0, 1, 2, 3, 4]
    assert {0, 2} <= set(groups[0])
    assert grouping.group([], []) == [] and grouping.group(["seul"], vectors[:1]) == [[0]]


def test_texts_without_a_word_of_ours_are_not_the_same_for_that() -> None:
    index = AdditionIndex([made.topic("مرحبا")], {"lieu": "ask_place"}.get, PhraseVectors(LexicalEmbedder()))
    found = index.nearest(["🍕🍕", "مرحبا"])
    assert found[0] is None and found[1] is not None and found[1].similarity == 1.0
