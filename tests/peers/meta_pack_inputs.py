"""Write the evidence sets of the pack that `meta_pack.R` pools: `python tests/peers/meta_pack_inputs.py > sets.csv`.

Run from the checkout's root. One line a study: set, study, figure and standard error on the logit scale, prior.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.delivery.constants import DEFAULT
from core.delivery.estimate import estimate
from core.delivery.question import Question
from core.pack.read import load_builtin

SETS = {
    "coronary_mononuclear": Question("intracoronary", "myocardium", cells="bm_mnc"),
    "coronary_cd34": Question("intracoronary", "myocardium", cells="cd34"),
    "coronary_stromal": Question("intracoronary", "myocardium", cells="bm_msc"),
    "epicardial_mononuclear": Question("transepicardial", "myocardium", cells="bm_mnc"),
    "endocardial_cd34": Question("transendocardial", "myocardium", cells="cd34"),
    "vein_lung_stromal": Question("iv", "lung", cells="bm_msc"),
    "vein_heart_stromal": Question("iv", "myocardium", cells="bm_msc"),
    "hepatic_artery_mononuclear": Question("hepatic_artery", "liver", cells="bm_mnc"),
}


def main() -> None:
    """Print the sets as comma-separated values with 12 figures."""
    pack = load_builtin()
    print("set,study,y,se,mu_mean,mu_sd,tau_scale")
    for name, question in SETS.items():
        pair = estimate(pack, question).pair
        scale = DEFAULT.tau(pack.routes[question.route].family)
        for effect in pair.gathered.effects:
            if effect.side == 0:
                numbers = (effect.y, effect.error, pair.model_mean, pair.model_sd, scale)
                print(name, effect.study, *(f"{number:.12g}" for number in numbers), sep=",")


if __name__ == "__main__":
    main()
