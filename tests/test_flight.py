"""Flight without thrust, against a numerical integration of the two-body problem and against what others published.

The integration shares nothing with the formulas: it steps positions and velocities under an inverse-square pull until
the ground is met again.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.rulebook.functions import EARTH_GRAVITY, EARTH_RADIUS, climb_speed, free_flight_time, least_speed

State = tuple[float, float, float, float]
STEP = 0.5


def pull(state: State) -> State:
    x, y, u, v = state
    strength = -EARTH_GRAVITY / math.hypot(x, y) ** 3
    return (u, v, strength * x, strength * y)


def stepped(state: State, h: float) -> State:
    """One step of the classical Runge-Kutta method."""

    def ahead(slope: State, share: float) -> State:
        return tuple(s + share * h * d for s, d in zip(state, slope, strict=True))  # type: ignore[return-value]

    a = pull(state)
    b = pull(ahead(a, 0.5))
    c = pull(ahead(b, 0.5))
    d = pull(ahead(c, 1.0))
    return tuple(  # type: ignore[return-value]
        s + h / 6.0 * (p + 2.0 * q + 2.0 * r + t) for s, p, q, r, t in zip(state, a, b, c, d, strict=True)
    )


def flown(speed: float, angle: float) -> tuple[float, float, float]:
    """Range in metres, apogee in metres and time in seconds of a shot from the ground, up by an angle in radians."""
    state: State = (0.0, EARTH_RADIUS, speed * math.cos(angle), speed * math.sin(angle))
    time, top = 0.0, 0.0
    while True:
        following = stepped(state, STEP)
        height = math.hypot(following[0], following[1]) - EARTH_RADIUS
        if height < 0.0:
            low, high = 0.0, STEP
            for _ in range(40):
                middle = (low + high) / 2.0
                x, y, *_ = stepped(state, middle)
                low, high = (low, middle) if math.hypot(x, y) < EARTH_RADIUS else (middle, high)
            x, y, *_ = stepped(state, low)
            return math.atan2(x, y) * EARTH_RADIUS, top, time + low
        state, time, top = following, time + STEP, max(top, height)


@settings(max_examples=25, deadline=None)
@given(st.floats(2_000.0, 7_300.0), st.floats(0.45, 1.5))
def test_the_time_aloft_is_the_integrated_one_to_a_tenth_of_a_second(speed: float, angle: float) -> None:
    distance, apogee, time = flown(speed, angle)
    if apogee >= 150e3 and distance > 0.0:
        assert free_flight_time(distance, apogee) == pytest.approx(time, abs=0.1)


@settings(max_examples=25, deadline=None)
@given(st.floats(1_000.0, 7_300.0), st.floats(0.1, 1.5))
def test_no_shot_covers_its_range_below_its_apogee_with_less_than_the_least_speed(speed: float, angle: float) -> None:
    distance, apogee, _ = flown(speed, angle)
    if distance > 0.0:
        assert least_speed(distance, apogee + 1.0) <= speed * (1.0 + 1e-6)
        assert climb_speed(apogee) <= speed * (1.0 + 1e-9)


@settings(max_examples=15, deadline=None)
@given(st.floats(1_000.0, 7_300.0), st.floats(0.1, 0.6))
def test_a_low_shot_needs_all_of_its_speed(speed: float, angle: float) -> None:
    distance, apogee, _ = flown(speed, angle)
    best = (math.pi - distance / EARTH_RADIUS) / 4.0  # the launch angle of least energy
    if distance > 0.0 and angle < best:
        assert least_speed(distance, apogee) == pytest.approx(speed, rel=1e-3)


def test_straight_up_the_least_speed_reaches_its_apogee() -> None:
    for apogee in (100e3, 1_000e3, 6_000e3):
        _, reached, _ = flown(climb_speed(apogee), math.pi / 2.0)
        assert reached == pytest.approx(apogee, rel=1e-5)


MINIMUM_ENERGY = [
    # range in km, burn-out speed in km/s, apogee in km, minutes of free flight
    (10_000.0, 7.2, 1_320.0, 32.0),
    (20_015.0, 7.9, 0.0, 42.0),
]
"""Least-energy trajectories as published: Wikipedia, Sub-orbital spaceflight, "Speed, range, and altitude"."""


@pytest.mark.parametrize(("distance", "speed", "apogee", "minutes"), MINIMUM_ENERGY)
def test_trajectories_of_least_energy_are_the_published_ones(
    distance: float, speed: float, apogee: float, minutes: float
) -> None:
    assert least_speed(distance * 1e3, 2e7) == pytest.approx(speed * 1e3, abs=50.0)
    half = distance * 1e3 / (2.0 * EARTH_RADIUS)
    best = EARTH_RADIUS / 2.0 * (math.sin(half) + math.cos(half) - 1.0)
    assert best == pytest.approx(apogee * 1e3, abs=10e3)
    assert free_flight_time(distance * 1e3, max(best, 150e3)) / 60.0 == pytest.approx(minutes, abs=2.0)
