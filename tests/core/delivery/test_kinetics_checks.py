"""The eleven validation checks of the kinetics model, with golden values of an independent prototype (±0.0005)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.delivery import kinetics as k

GOLDEN = 5e-4

#: ICRP 89 adult man; marrow 3 %, the other bone entries 2 % together.
MAN = {
    "fat": 0.05, "brain": 0.12, "stomach_oesophagus": 0.01, "small_intestine": 0.10, "large_intestine": 0.04,
    "heart_wall": 0.04, "kidneys": 0.19, "liver": 0.065, "bronchi": 0.025, "skeletal_muscle": 0.17, "pancreas": 0.01,
    "red_marrow": 0.03, "trabecular_bone": 0.009, "cortical_bone": 0.006, "skeleton_other": 0.005, "skin": 0.05,
    "spleen": 0.03, "thyroid": 0.015, "lymph_nodes": 0.017, "gonads": 0.0005, "adrenals": 0.003,
    "urinary_bladder": 0.0006, "all_other": 0.0139,
}  # fmt: skip
RAT = {
    "bone": 0.0589, "brain": 0.031, "fat": 0.0093, "gonads": 0.0112, "heart_wall": 0.0911, "kidneys": 0.215,
    "stomach": 0.0263, "small_intestine": 0.0581, "large_intestine": 0.116, "liver": 0.0465,
    "skeletal_muscle": 0.174, "pancreas": 0.012, "skin": 0.136, "spleen": 0.0147,
}  # fmt: skip
#: Mouse shares from several sources, some recalled: they serve this check only and are nowhere in the pack.
MOUSE = {
    "brain": 0.033, "heart_wall": 0.066, "kidneys": 0.091, "liver": 0.020, "spleen": 0.011, "gut": 0.130,
    "skeletal_muscle": 0.159, "skin": 0.058, "bone": 0.11, "fat": 0.07, "rest": 0.252,
}  # fmt: skip
PORTAL = {"stomach_oesophagus", "stomach", "small_intestine", "large_intestine", "gut", "pancreas", "spleen"}
NO_RELEASE = ("liver", "spleen", "red_marrow")


class Body:
    """A circulation with names, for one set of constants."""

    def __init__(self, shares: dict[str, float], lung: float, tissue: float, **captures: float) -> None:
        self.names = list(shares)
        flows = np.array(list(shares.values()))
        self.circulation = k.Circulation(
            share=flows / flows.sum(),
            capture=np.array([captures.get(name, tissue) for name in self.names]),
            lung_capture=np.asarray(lung),
            portal=np.array([name in PORTAL for name in self.names]),
            liver=self.names.index("liver"),
        )
        self.paths = k.flight(self.circulation)

    @property
    def captured(self) -> float:
        return float(self.circulation.captured_per_round.sum())

    def at(self, pools: k.Array, organ: str) -> float:
        return float(pools[k.LUNG if organ == "lung" else 1 + self.names.index(organ)])

    def after(
        self, start: k.Array, hours: float, lung: float, tissue: float, loss: float, keep: tuple[str, ...] = NO_RELEASE
    ) -> k.Array:
        release = np.array([lung, *(0.0 if name in keep else tissue for name in self.names)])
        matrix = k.hold_matrix(release, np.full(release.shape, loss), k.body_spread(self.circulation, self.paths))
        return k.propagate(matrix, start, hours)


def near(value: float) -> object:
    return pytest.approx(value, abs=GOLDEN)


def test_01_rigid_particles_by_vein() -> None:
    body = Body(MAN, lung=0.9336, tissue=1.0)
    pools = body.paths.vein
    assert body.at(pools, "lung") == near(0.9336)
    assert body.at(pools, "brain") == pytest.approx(0.00797, abs=5e-6)
    assert body.at(pools, "kidneys") == pytest.approx(0.01262, abs=5e-6)
    assert body.at(pools, "liver") == pytest.approx(0.00432, abs=5e-6)
    assert pools.sum() == pytest.approx(1.0, abs=1e-12)


def test_01b_particles_by_hepatic_artery() -> None:
    body = Body(MAN, lung=0.9336, tissue=1.0)
    pools = k.selective(body.circulation, body.paths, body.names.index("liver"), 1.0, 0.96)
    assert body.at(pools, "liver") == near(0.9602)
    assert body.at(pools, "lung") == near(0.0373)
    assert body.at(pools, "lung") == pytest.approx(0.039, abs=0.003)  # observed, held out


def test_02_human_cultured_cells_label() -> None:
    body = Body(MAN, 0.118, 0.332, brain=0.05, liver=0.043, spleen=0.80, red_marrow=0.30)
    assert body.captured == near(0.2973)
    golden = {
        0.0: (0.3103, 0.0177, 0.0557), 0.5: (0.3020, 0.0183, 0.0572), 24.0: (0.1299, 0.0414, 0.1143),
        240.0: (0.0371, 0.1493, 0.3660),
    }  # fmt: skip
    for hours, expected in golden.items():
        pools = body.after(body.paths.vein, hours, lung=0.097, tissue=0.0357, loss=0.0003)
        assert [body.at(pools, organ) for organ in ("lung", "liver", "spleen")] == [near(e) for e in expected]
        assert pools.sum() == pytest.approx(1.0, abs=1e-9)
    assert pools[-1] == near(0.0695)
    first = body.paths.vein
    observed = {"lung": (0.270, 0.335), "liver": (0.0, 0.028), "spleen": (0.020, 0.102)}
    later = {"lung": (0.020, 0.054), "liver": (0.130, 0.174), "spleen": (0.301, 0.422)}
    for organ in observed:
        assert observed[organ][0] <= body.at(first, organ) <= observed[organ][1]
        assert later[organ][0] <= body.at(pools, organ) <= later[organ][1]


def test_03_human_cultured_lymphoid_cells() -> None:
    body = Body(MAN, 0.995, 0.0224, brain=0.05, liver=0.203, spleen=0.80, red_marrow=0.10)
    assert body.captured == near(0.0961)

    def at(hours: float) -> k.Array:
        return body.after(body.paths.vein, hours, lung=3.12, tissue=0.00147, loss=0.0003)

    assert body.at(at(4.0), "lung") == near(0.2997)
    assert body.at(at(24.0), "liver") == near(0.4797)
    assert body.at(at(24.0), "spleen") == near(0.2493)
    assert body.at(at(48.0), "liver") == near(0.4806)
    assert body.at(at(48.0), "spleen") == near(0.2496)


@pytest.mark.parametrize(
    ("heart", "by_artery", "by_vein"),
    [(0.0098, 0.0129, 0.0036), (0.0197, 0.0259, 0.0073), (0.108, 0.1374, None), (0.332, 0.3910, None)],
)
def test_04_intracoronary_against_vein(heart: float, by_artery: float, by_vein: float | None) -> None:
    body = Body(MAN, 0.02, 0.02, brain=0.02, liver=0.20, spleen=0.80, red_marrow=0.30, heart_wall=heart)
    start = k.selective(body.circulation, body.paths, body.names.index("heart_wall"), 1.0, heart)
    rates = {"lung": 1.0, "tissue": 0.05, "loss": 0.0003}
    assert body.at(body.after(start, 1.0, **rates), "heart_wall") == near(by_artery)
    if by_vein is not None:
        assert body.at(body.after(body.paths.vein, 1.0, **rates), "heart_wall") == near(by_vein)


def test_05_loss_rate_carried_from_mouse_lung_to_rat_muscle() -> None:
    body = Body(RAT, 0.99, 0.92)
    start = np.zeros(1 + len(RAT))
    muscle = 1 + body.names.index("skeletal_muscle")
    start[muscle] = 1.0
    left = body.after(start, 72.0, lung=0.0, tissue=0.0, loss=math.log(2) / 24)[muscle]
    assert left == pytest.approx(0.125, abs=GOLDEN)
    assert left == pytest.approx(0.14, abs=0.02)  # observed, held out


def test_06_mouse_cultured_cells() -> None:
    body = Body(MOUSE, 0.999, 0.3, spleen=0.9)

    def at(hours: float) -> k.Array:
        return body.after(body.paths.vein, hours, lung=1e-4, tissue=0.01, loss=0.0289, keep=())

    assert body.at(at(0.25), "lung") == near(0.9925)
    assert body.at(at(24.0), "lung") == near(0.4993)
    tissues = ("brain", "heart_wall", "kidneys", "liver", "spleen", "skeletal_muscle")
    highest = max(sum(body.at(at(hours), organ) for organ in tissues) for hours in (0.25, 1.0, 4.0, 24.0, 96.0))
    assert highest == pytest.approx(2.2e-4, abs=2e-5)
    assert highest < 5e-4  # observed limit


def test_07_rat_label() -> None:
    body = Body(RAT, 0.2027, 0.33, brain=0.05, spleen=0.8, liver=0.1)
    for hours, expected in ((0.0, 0.4336), (24.0, 0.0881), (72.0, 0.0401)):
        pools = body.after(body.paths.vein, hours, lung=0.1196, tissue=0.0099, loss=0.0003)
        assert body.at(pools, "lung") == near(expected)
    assert body.at(body.paths.vein, "heart_wall") == near(0.051)


def test_08_paired_routes_identify_lung_and_body() -> None:
    returned = 0.199 / 0.551
    lung = 0.551 * (1 - returned) / (1 - 0.551 * returned)
    assert returned == near(0.3612)
    assert lung == near(0.4395)
    body = Body(RAT, lung, 0.5836)
    assert body.at(body.paths.vein, "lung") == near(0.551)
    assert body.at(body.paths.artery, "lung") == near(0.199)
    # The known over-prediction must stay visible: observed 0.008 with sd 0.0106.
    assert body.at(body.paths.vein, "heart_wall") == near(0.0373)
    assert body.at(body.paths.vein, "heart_wall") > 0.008 + 2 * 0.0106


def test_09_marrow_flow_agrees_with_positron_imaging() -> None:
    per_100_g = MAN["red_marrow"] * 6500.0 / 1170.0 * 100.0
    assert per_100_g == pytest.approx(16.7, abs=0.05)
    assert abs(per_100_g - 17.6) < 3.1


def test_10_rat_brain_by_vein() -> None:
    body = Body(RAT, 1.0 - 0.004, 0.3, brain=0.1, spleen=0.9, liver=0.1)
    pools = body.after(body.paths.vein, 20.0, lung=0.001, tissue=0.01, loss=0.0, keep=())
    assert body.at(pools, "brain") == pytest.approx(0.000066, abs=1e-6)
    assert 0.000061 <= round(body.at(pools, "brain"), 6) <= 0.000072


def test_11_limits() -> None:
    shut = Body(MAN, 1.0, 0.3)
    assert shut.paths.vein[k.LUNG] == 1.0
    still = shut.after(shut.paths.vein, 720.0, lung=0.0, tissue=0.1, loss=0.0)
    assert still[k.LUNG] == pytest.approx(1.0, abs=1e-12)

    dry = Body(MAN | {"brain": 0.0}, 0.3, 0.3)
    for start in (dry.paths.vein, dry.paths.artery, dry.paths.portal):
        assert dry.at(start, "brain") == 0.0

    one = Body(MAN, 0.0, 0.0, kidneys=0.2)
    for start in (one.paths.vein, one.paths.artery, one.paths.portal):
        assert one.at(start, "kidneys") == pytest.approx(1.0, abs=1e-12)

    body = Body(MAN, 0.3, 0.3, spleen=0.8)
    release = np.array([0.1] + [0.02] * len(MAN))
    matrix = k.hold_matrix(release, np.full(release.shape, 0.03), k.body_spread(body.circulation, body.paths))
    assert np.abs(matrix.sum(axis=0)).max() < 1e-14
    joined, apart = k.expm(matrix * 30.0), k.expm(matrix * 10.0) @ k.expm(matrix * 20.0)
    assert np.abs(joined - apart).max() < 1e-13
