"""Regression trees, compiled: a node asks whether a number is above a bound, and the leaf that is reached has a value.

All sums are taken in one fixed order, as in `tithi.evidence.stretch`.
"""

from tithi.compiling import kept

__all__ = ["LEAF", "add_trees"]

LEAF = -1
"""What a leaf has for the number that it asks for."""


@kept()
def add_trees(told, trees, sums):  # type: ignore[no-untyped-def]
    """Add to `sums` (n,) what all trees say of the cases `told` (n, f) float32.

    Of the nodes of `trees`, see `tithi.checks.ranking.Trees`, `numbers` say which number they ask for, `lower` the node
    after a no, with that after a yes next to it; a tree begins at each of `roots`.
    """
    roots, numbers, bounds, lower, values = trees
    for case in range(len(told)):
        for root in roots:
            node = root
            while numbers[node] != LEAF:
                node = lower[node] + (told[case, numbers[node]] > bounds[node])
            sums[case] += values[node]
