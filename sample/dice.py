"""Draws that come out the same on every machine and Python version."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws from a seeded generator by its `random()` alone: the one sequence that Python never changes."""

    def __init__(self, *seed: object) -> None:
        self.random = Random(":".join(map(str, seed))).random

    def pick(self, choices: Sequence[T]) -> T:
        """Picks one of them, each as likely."""
        return choices[int(self.random() * len(choices))]

    def some(self, choices: Sequence[T], most: int) -> tuple[T, ...]:
        """Picks one to `most` different ones, in their order."""
        chosen = {self.pick(choices) for _ in range(most)}
        return tuple(one for one in choices if one in chosen)

    def between(self, least: int, most: int) -> int:
        """Draws a whole number, both ends included."""
        return least + int(self.random() * (most - least + 1))

    def chance(self, share: float) -> bool:
        """Says yes for a share of the draws."""
        return self.random() < share

    def bell(self) -> float:
        """Draws from 0 to 1, seldom near the ends."""
        return (self.random() + self.random() + self.random()) / 3
