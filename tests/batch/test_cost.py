"""The simulation of many workers."""

from __future__ import annotations

import pytest

from bench import cost
from bench.cost import simulated


def test_without_harm_it_is_shared_out_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost, "SPREAD", 0.0)
    monkeypatch.setattr(cost, "SLOW", 0.0)
    monkeypatch.setattr(cost, "HOURS", 1e9)
    run = simulated(100, 36.0, 1, workers=10)
    assert run.hours == pytest.approx(0.1)
    assert run.worked == pytest.approx(1.0)
    assert (run.wasted, run.lost) == (0.0, 0)


def test_what_is_lost_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calm = simulated(500, 60.0, 3, workers=20)
    monkeypatch.setattr(cost, "HOURS", 0.05)
    run = simulated(500, 60.0, 3, workers=20)
    assert run.lost > 0
    assert run.wasted > 0
    assert run.hours > calm.hours
    assert run == simulated(500, 60.0, 3, workers=20)
