"""Inner validation by question. Peers are tuned, stopped and ranked only with it."""
import numpy as np

FOLDS = 5
# below this many rows every setting is tried on every fold, above it only the best ones of the first fold
RACE_ROWS = 2000
FINALISTS = 2


def log_loss(p, part):
    """Weighted mean log-loss, probabilities limited to [1e-12, 1 - 1e-12]."""
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(np.average(-part.y * np.log(p) - (1 - part.y) * np.log1p(-p), weights=part.w))


def folds_of(part, seed):
    """Pairs (rows to fit, rows to validate). No question is in both. Folds with one class to fit are left out."""
    names = np.unique(part.group)
    k = min(FOLDS, len(names))
    place = np.empty(part.group.max() + 1, dtype=int)
    place[np.random.default_rng(seed).permutation(names)] = np.arange(len(names)) % max(k, 1)
    fold = place[part.group]
    pairs = [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(k)]
    return [(fit, held) for fit, held in pairs if len(fit) > 0 and not part.take(fit).one_class()]


def race(settings, part, folds, fit):
    """
    Chooses a setting by validation loss. `fit(setting, fit_part, held_part)` returns a model that is stopped on the
    held-out rows: a function from rows to probabilities. Returns the models of the best setting, one per fold, its loss
    on the first fold, and the setting.
    """

    def run(setting, at):
        rows, held = folds[at]
        outside = part.take(held)
        model = fit(setting, part.take(rows), outside)
        return log_loss(model(outside), outside), model

    seen = [[run(setting, 0)] for setting in settings]
    order = sorted(range(len(settings)), key=lambda i: seen[i][0][0])
    finalists = order if len(part) < RACE_ROWS else order[:FINALISTS]
    for i in finalists:
        seen[i] += [run(settings[i], at) for at in range(1, len(folds))]
    best = min(finalists, key=lambda i: np.mean([loss for loss, _ in seen[i]]))
    return [model for _, model in seen[best]], seen[best][0][0], settings[best]


def logit_mean(models, part):
    """The probability of the mean logit of some models."""
    p = np.clip([model(part) for model in models], 1e-12, 1 - 1e-12)
    return 1 / (1 + np.exp(-np.mean(np.log(p / (1 - p)), axis=0)))
