"""The missing numbers of a part."""
import numpy as np


def medians_of(part):
    """Per column the median of the recorded numbers; 0 where none is recorded."""
    empty = np.isnan(part.numbers).all(axis=0)
    return np.nanmedian(np.where(empty, 0, part.numbers), axis=0)


def flags_of(part):
    """Columns that are missing in some but not all rows; one per set of columns that are missing together."""
    missing = np.isnan(part.numbers)
    _, first = np.unique(missing, axis=1, return_index=True)
    return np.array([j for j in np.sort(first) if missing[:, j].any() and not missing[:, j].all()], dtype=int)
