"""The report as one self-contained HTML page in French: no script, no outside request, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from bot.evaluation.charts import reliability_diagram
from bot.evaluation.dialogues import Fault
from bot.evaluation.measures import Reading, confusions, reliability, share, topics, wrong_and_sure
from bot.evaluation.summary import Summary

MOST_ERRORS = 60
MOST_CONFUSED = 25  # a wider matrix is no longer read
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #bbb;padding:.25rem .6rem;text-align:left;vertical-align:top}
caption{text-align:left;font-weight:600;padding:.25rem 0}.number{text-align:right}.scroll{overflow-x:auto}
.matrix th,.matrix td{font-size:.75rem;padding:.15rem .3rem;text-align:center}.matrix thead th{writing-mode:vertical-rl;text-align:left}
.matrix tbody th{text-align:right}.bar{fill:#8db4d6}.point{fill:#123b5d}.count{fill:#123b5d}.ideal{stroke:#a33;stroke-dasharray:5 4}
"""


def page(summary: Summary, readings: Sequence[Reading], faults: Sequence[Fault], on: date) -> str:
    """The whole page; `on` is the day of the evaluation."""
    body = "\n".join([
        "<h1>Ce que l'assistant comprend</h1>",
        f"<p>Évaluation du {on:%d/%m/%Y}, sur des phrases et des dialogues tenus à l'écart de l'entraînement.</p>",
        _table("En bref", ("mesure", "valeur"), summary.rows()),
        _reliability(readings),
        _errors("Les erreurs les plus sûres d'elles", wrong_and_sure(readings, 0.0)),
        _matrix(confusions(readings)),
        _topics(readings),
        _faults(faults),
    ])
    return (f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>Évaluation de l'assistant</title><style>{_STYLE}</style></head><body>{body}</body></html>\n")


def _reliability(readings: Sequence[Reading]) -> str:
    bins = reliability(readings)
    rows = [(f"{_percent(bin_.low)} à {_percent(bin_.high)}", str(bin_.count), _percent(bin_.confidence), _percent(bin_.accuracy))
            for bin_ in bins]
    note = ("<p>Sur la diagonale, la confiance dit vrai ; sous elle, l'assistant est trop sûr de lui. "
            "En bas de chaque barre, le nombre de phrases.</p>")
    figures = _table("Les mêmes chiffres", ("confiance", "phrases", "confiance moyenne", "justes"), rows)
    return f"<h2>La confiance dit-elle vrai ?</h2>{note}{reliability_diagram(bins)}{figures}"


def _errors(title: str, wrong: Sequence[Reading]) -> str:
    rows = [(reading.phrase.text, " ou ".join(reading.phrase.intents), reading.intent, _percent(reading.confidence), reading.phrase.file)
            for reading in wrong[:MOST_ERRORS]]
    return f"<h2>{title}</h2>" + _table(f"{len(rows)} sur {len(wrong)}", ("phrase", "attendu", "lu", "confiance", "fichier"), rows)


def _matrix(confused: dict[tuple[str, str], int]) -> str:
    pairs = dict(list(confused.items())[:MOST_CONFUSED])
    expected = list(dict.fromkeys(pair[0] for pair in pairs))
    read = list(dict.fromkeys(pair[1] for pair in pairs))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in read)
    lines = "".join(f'<tr><th scope="row">{escape(row)}</th>{_counts(confused, row, read)}</tr>' for row in expected)
    caption = f"En ligne ce qui est attendu, en colonne ce qui est lu ; les {len(pairs)} confusions les plus fréquentes sur {len(confused)}"
    return (f'<h2>Ce qui est pris pour autre chose</h2><div class="scroll"><table class="matrix"><caption>{caption}</caption>'
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{lines}</tbody></table></div>")


def _counts(confused: dict[tuple[str, str], int], expected: str, read: Sequence[str]) -> str:
    return "".join(f"<td>{confused.get((expected, column), '')}</td>" for column in read)


def _topics(readings: Sequence[Reading]) -> str:
    rows = [(score.intent, f"{score.right} sur {score.total}", _percent(share(score.right, score.total))) for score in topics(readings)]
    return "<h2>Sujet par sujet</h2>" + _table("Du moins bien au mieux compris", ("sujet", "justes", "part"), rows)


def _faults(faults: Sequence[Fault]) -> str:
    rows = [(fault.dialogue.id, fault.say, fault.answer[:600], " ; ".join(fault.reasons)) for fault in faults]
    columns = ("dialogue", "message", "réponse", "ce qui ne va pas")
    return "<h2>Dialogues</h2>" + (_table("Première réponse fautive de chacun", columns, rows) if rows else "<p>Aucun dialogue en faute.</p>")


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"
