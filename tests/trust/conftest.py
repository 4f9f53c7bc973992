"""What the tests of trust share."""

from tests.house.test_real_window import screen  # noqa: F401 (a fixture)
