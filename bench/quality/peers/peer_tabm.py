"""TabM of pytabkit, stopped on log-loss over other questions."""
from pytabkit import TabM_D_Classifier
from torch_peer import fit_folds

MEMBERS = 16
WIDTH = 256
BUDGET = (
    f"defaults (D) but {MEMBERS} members of width {WIDTH} for the sake of time (32 of 512 by default), stopping on "
    "cross-entropy over an inner fold; no weights"
)


def fit_predict(fit, test, folds, seed, threads, fast):
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
