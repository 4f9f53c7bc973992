"""Makes wsm_pymcdm.json: ranks by pymcdm's weighted sum on matrices that are already values (needs pymcdm; dev only).

    python tests/peers/wsm_pymcdm.py > tests/peers/wsm_pymcdm.json

pymcdm normalises each criterion itself; its linear min-max normalisation is the identity on a matrix whose every
column spans 0 to 1, so each matrix is given that span and the weighted sums are then ours to compare.
"""

import json
from importlib.metadata import version

import numpy as np
from pymcdm.methods import WSM
from pymcdm.normalizations import minmax_normalization


def main() -> None:
    """Print the sets with pymcdm's preferences and ranks."""
    generator = np.random.default_rng(20261124)
    method = WSM(minmax_normalization)
    sets = []
    for alternatives, criteria in [(2, 2), (3, 5), (5, 3), (8, 5), (12, 5), (12, 6)] * 4:
        matrix = generator.random((alternatives, criteria))
        matrix = np.round((matrix - matrix.min(axis=0)) / (matrix.max(axis=0) - matrix.min(axis=0)), 6)
        weights = np.round(generator.dirichlet(np.ones(criteria)), 6)
        weights[-1] = 1.0 - weights[:-1].sum()
        preferences = method(matrix, weights, np.ones(criteria))
        sets.append(
            {
                "values": matrix.tolist(),
                "weights": weights.tolist(),
                "preferences": preferences.tolist(),
                "ranks": method.rank(preferences).tolist(),
            }
        )
    print(json.dumps({"source": f"pymcdm {version('pymcdm')}, WSM with minmax normalisation", "sets": sets}))


main()
