"""The pipelines that are compared, as Rasa configurations."""

from __future__ import annotations

from typing import Any

STOCK_EPOCHS = 100  # Rasa's own default configuration
_SPARSE: list[dict[str, Any]] = [
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
TITLES = {
    "ours": "la nôtre : mots corrigés, SVM × plongements",
    "lexical": "la nôtre sans le paquet de plongements",
    "diet": "Rasa : Whitespace + creux + DIET",
    "spacy": "Rasa : spaCy + creux + LogisticRegression",
}


def configuration(name: str, epochs: int) -> dict[str, Any]:
    """Rasa's config of the pipeline `name`. Raises KeyError for another name than those of TITLES."""
    components = {
        "ours": [{"name": "bot.nlu.intent_classifier.HybridIntentClassifier"}],
        "lexical": [{"name": "bot.nlu.intent_classifier.HybridIntentClassifier"}],
        "diet": [{"name": "WhitespaceTokenizer"}, *_SPARSE, {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True}],
        "spacy": [{"name": "SpacyNLP", "model": "fr_core_news_md"}, {"name": "SpacyTokenizer"}, {"name": "SpacyFeaturizer"}, *_SPARSE,
                  {"name": "LogisticRegressionClassifier"}],
    }[name]
    return {"recipe": "default.v1", "language": "fr", "assistant_id": "benchmark", "pipeline": components}
