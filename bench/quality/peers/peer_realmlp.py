"""RealMLP-TD of pytabkit, stopped on log-loss over other questions."""
from pytabkit import RealMLP_TD_Classifier
from torch_peer import fit_folds

PASSES = 500_000
EPOCHS = (32, 256)
BUDGET = (
    "tuned defaults (TD) with what its authors advise for log-loss (stopping on cross-entropy, no label smoothing); "
    f"{EPOCHS[1]} epochs, fewer (at least {EPOCHS[0]}) beyond {PASSES:,} rows passed; one model, stopped on an inner fold; no weights"
)


def fit_predict(fit, test, folds, seed, threads, fast):
    epochs = max(EPOCHS[0], min(EPOCHS[1], PASSES // len(fit)))

    def make():
        return RealMLP_TD_Classifier(
            device="cpu",
            random_state=seed,
            n_threads=threads,
            val_metric_name="cross_entropy",
            use_ls=False,
            n_epochs=EPOCHS[0] if fast else epochs,
        )

    p, loss = fit_folds(make, fit, test, folds[:1], seed)
    return p, loss, f"{EPOCHS[0] if fast else epochs} epochs"
