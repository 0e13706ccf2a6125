"""TabM of pytabkit, stopped on log-loss over other questions."""
import torch
from pytabkit import TabM_D_Classifier
from pytabkit.models.alg_interfaces import tabm_interface
from pytabkit.models.training.metrics import Metrics
from torch_peer import fit_folds

MEMBERS = 16
WIDTH = 256
BUDGET = (
    f"defaults (D) but {MEMBERS} members of width {WIDTH} for the sake of time (32 of 512 by default), stopping on "
    "cross-entropy over an inner fold; no weights"
)


class OfProbabilities:
    """pytabkit 1.7.3 passes TabM's mean probabilities to metrics that expect logits, and so stops far too late.
    Their logs are logits."""

    @staticmethod
    def apply(p, y, name):
        return Metrics.apply(torch.log(p.clamp_min(1e-7)), y, name)


def fit_predict(fit, test, folds, seed, threads, fast):
    tabm_interface.Metrics = OfProbabilities
    members, width = (8, 128) if fast else (MEMBERS, WIDTH)

    def make():
        return TabM_D_Classifier(
            device="cpu",
            random_state=seed,
            n_threads=threads,
            val_metric_name="cross_entropy",
            tabm_k=members,
            d_block=width,
        )

    p, loss = fit_folds(make, fit, test, folds[:1], seed)
    return p, loss, f"{members} members of width {width}"
