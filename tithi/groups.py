"""Things that belong together, told pair by pair: disjoint groups of the numbers from 0 (union-find).

>>> groups = Groups(4)
>>> groups.join(3, 1)
>>> groups.firsts()
[0, 1, 2, 1]
"""

__all__ = ["Groups"]


class Groups:
    """Numbers, each alone at first; groups that are joined are one, called by the lowest of its numbers."""

    def __init__(self, count: int) -> None:
        """Hold the numbers from 0 to `count` - 1."""
        self._first = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Put the groups of two numbers together."""
        low, high = sorted((self.first(one), self.first(other)))
        self._first[high] = low

    def first(self, number: int) -> int:
        """Return the first number of a group."""
        first = self._first
        while first[number] != number:
            first[number] = first[first[number]]
            number = first[number]
        return number

    def firsts(self) -> list[int]:
        """Return for each number the first one of its group."""
        return [self.first(number) for number in range(len(self._first))]
