"""What a share measured on few seeds is worth, and how well a confidence tells in scope from out of scope."""

from __future__ import annotations

import numpy as np

DRAWS = 1_000
KEPT_IN_SCOPE = 0.95


def share_with_interval(right: np.ndarray) -> tuple[float, float, float]:
    """Mean, low and high end (95 %) of an array of booleans of shape (seeds, messages): both are drawn again, a thousand times."""
    random = np.random.default_rng(0)
    seeds, messages = right.shape
    means = [right[random.integers(seeds, size=seeds)][:, random.integers(messages, size=messages)].mean() for _ in range(DRAWS)]
    return float(right.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def separation(in_scope: np.ndarray, out_of_scope: np.ndarray) -> tuple[float, float]:
    """AUROC of the confidence, and the share of out-of-scope messages below the threshold that keeps 95 % of the others."""
    ordered = np.sort(out_of_scope)
    below = (np.searchsorted(ordered, in_scope, "left") + np.searchsorted(ordered, in_scope, "right")) / 2
    threshold = np.quantile(in_scope, 1 - KEPT_IN_SCOPE)
    return float(below.mean() / len(ordered)), float((out_of_scope < threshold).mean())
