"""Cross-validated log-loss of scikit-learn's calibrators: {z, y, w, fold} as JSON on stdin, {name: loss} on stdout."""
import json
import sys

import numpy as np
import sklearn
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

CLIP = 1e-12
data = json.load(sys.stdin)
z, y, w, fold = (np.array(data[key], float) for key in ("z", "y", "w", "fold"))


def cross_validated(make):
    p = np.empty_like(z)
    for k in np.unique(fold):
        held = fold == k
        p[held] = make().fit(z[~held], y[~held], sample_weight=w[~held]).predict(z[held])
    p = np.clip(p, CLIP, 1 - CLIP)
    return float(np.average(-y * np.log(p) - (1 - y) * np.log1p(-p), weights=w))


print(json.dumps({
    "version": sklearn.__version__,
    "Platt": cross_validated(_SigmoidCalibration),
    "isotonic": cross_validated(lambda: IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")),
}))
