"""What is missing in the numbers of a part."""
import numpy as np


def medians_of(part):
    """Per column the median of what is recorded; 0 where nothing is."""
    empty = np.isnan(part.numbers).all(axis=0)
    return np.nanmedian(np.where(empty, 0, part.numbers), axis=0)


def flags_of(part):
    """Columns missing in some rows and not in all; one of each set that is always missing together."""
    missing = np.isnan(part.numbers)
    _, first = np.unique(missing, axis=1, return_index=True)
    return np.array([j for j in np.sort(first) if missing[:, j].any() and not missing[:, j].all()], dtype=int)
