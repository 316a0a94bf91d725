"""A sentence gives the highest French diploma that its author holds."""

from __future__ import annotations

import pytest

from bot.admissions.facts import Ambiguity, Diploma
from bot.admissions.levels import read_diploma
from tests.unit.admissions.notation import phrases, write_diploma


@pytest.mark.parametrize(("asked", "sentence", "expected"), phrases("niveaux.txt"))
def test_a_sentence_gives_the_diploma_that_counts(asked: bool, sentence: str, expected: str) -> None:
    assert write_diploma(read_diploma(sentence, asked)) == expected


@pytest.mark.parametrize("sentence", ["J'ai un BTS comptabilité", "J'AI UN BTS COMPTABILITÉ", "j ai un b.t.s. comptabilite", "J’ai un BTS   comptabilité"])
def test_capitals_accents_dots_and_apostrophes_change_nothing(sentence: str) -> None:
    assert read_diploma(sentence) == Diploma(5, "BTS")


def test_a_contradicting_level_offers_both_readings_by_name() -> None:
    read = read_diploma("un BTS de niveau 3", asked=True)

    assert isinstance(read, Ambiguity)
    assert [(option.level, option.label) for option in read.options] == [(5, "BTS"), (3, "CAP ou BEP")]


@pytest.mark.parametrize(("numeral", "level"), [("V", 3), ("IV", 4), ("III", 5), ("II", 6), ("I", 7)])
def test_a_roman_numeral_is_the_old_scale(numeral: str, level: int) -> None:
    assert write_diploma(read_diploma(f"j'ai un diplôme de niveau {numeral}")) == str(level)


@pytest.mark.parametrize("level", [5, 6, 7, 8])
def test_an_arabic_level_from_5_is_the_2019_scale(level: int) -> None:
    assert write_diploma(read_diploma(f"j'ai un niveau {level}")) == str(level)


@pytest.mark.parametrize("about_other", [True, False])
def test_the_writers_own_diploma_counts_only_when_they_ask_for_themself(about_other: bool) -> None:
    read = read_diploma("j'ai un master", about_other=about_other)

    assert read == (None if about_other else Diploma(7, "master"))


@pytest.mark.parametrize(("sentence", "label"), [
    ("j'ai un DEUST", "DEUST"), ("un deug de droit", "DEUG"), ("DEA d'histoire", "DEA"), ("un DESS", "DESS"), ("capacité en droit", "capacité en droit"), ("ESEU B en 1988", "ESEU"),
    ("DAEU A", "DAEU"), ("DECF", "DECF"), ("DCG", "DCG"), ("BEPC", "BEPC"), ("BEPA", "BEPA"), ("BTSA gestion", "BTSA"), ("un dejeps", "DEJEPS"), ("CAPES", "CAPES"), ("agrégation d'histoire", "agrégation"),
    ("BPJEPS", "BPJEPS"), ("éducatrice spécialisée diplômée d'État", "diplôme d'État d'éducateur spécialisé"), ("le bac", "bac"), ("bac pro", "bac professionnel"), ("DSCG", "DSCG"), ("un DUT GEA", "DUT"),
    ("titre professionnel secrétaire comptable", "titre professionnel secrétaire comptable"), ("j'ai le DNB", "DNB"), ("le certif", "certificat d'études"), ("DEAES", "DEAES"), ("CAPA", "CAPA"),
])
def test_the_label_is_the_persons_own_diploma_in_its_usual_writing(sentence: str, label: str) -> None:
    read = read_diploma(sentence, asked=True)

    assert isinstance(read, Diploma)
    assert read.label == label


@pytest.mark.parametrize(("sentence", "label"), [
    ("j'ai un bac+5 obtenu au Sénégal", "bac+5 (étranger)"), ("bac+3 tunisien", "bac+3 (étranger)"), ("j'ai un diplôme algérien", "diplôme étranger"),
])
def test_a_foreign_diploma_without_a_name_has_a_label_all_the_same(sentence: str, label: str) -> None:
    read = read_diploma(sentence)

    assert isinstance(read, Diploma) and (read.label, read.foreign) == (label, True)


@pytest.mark.parametrize("sentence", ["ma fille passe son bts, elle peut entrer ?", "mon frère valide sa licence en juin", "ma nièce passe un dut"])
def test_what_a_relative_is_preparing_is_not_held(sentence: str) -> None:
    read = read_diploma(sentence, about_other=True)

    assert isinstance(read, Diploma) and read.level == 4
