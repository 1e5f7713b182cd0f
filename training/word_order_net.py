"""The network of `tithi.evidence.order` in torch, learnt from texts beside the same texts with their words shuffled."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tithi.evidence.order import CASES, EDGE, MARKS, WIDTH

__all__ = ["Ends", "Net", "Texts", "learn", "learn_ends"]

Ints = NDArray[np.int64]
_SIZE, _CASE_SIZE, _UNITS = 16, 4, 32
_BATCH: Final = 128
_RATE: Final = 4e-3
_RARER: Final = 0.08
"""This share of words is read by their last letters alone, as words that are not known."""
_NO_CASE, _NO_MARKS, _MARKS_STAY = 0.25, 0.15, 0.45
"""Shares of texts without capitals and without marks, and of those in which the words move and the marks do not."""
_END, _OPEN = (1 + list(MARKS).index(mark) for mark in ("end", "open"))
_CUT, _CUTS = 4, 60
"""Texts of more words than the first are cut, as often as the second says."""


class Texts:
    """Texts as pieces one after another: the row of each, the row it has by its last letters, its case, its text."""

    def __init__(self, texts: Sequence[NDArray[np.int32]], rarer: NDArray[np.int32]) -> None:
        """Take texts as `tithi.evidence.order.pieces` makes them, without blanks; `rarer` are the rows of rows."""
        self.lengths = np.array([len(text) for text in texts])
        self.starts = np.concatenate(([0], np.cumsum(self.lengths)))
        flat = np.concatenate(texts).astype(np.int64)
        self.rows, self.cases = flat // CASES, flat % CASES
        self.rarer = rarer
        owners = np.repeat(np.arange(len(texts)), self.lengths)
        large = np.bincount(owners, self.cases > 1, len(texts))
        small = np.bincount(owners, self.cases == 1, len(texts))
        # As the product does: in a title capitals tell nothing.
        self.cases[(large > small)[owners]] = 0

    def batches(self, rng: np.random.Generator) -> Iterator[Ints]:
        """Yield numbers of texts that are about as long as one another."""
        order = np.argsort(self.lengths + 6 * rng.random(len(self.lengths)))
        starts = np.arange(0, len(order) - _BATCH + 1, _BATCH)
        rng.shuffle(starts)
        for start in starts.tolist():
            yield order[start : start + _BATCH]

    def pairs(self, chosen: Ints, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Ints]:
        """Return rows, cases, texts and places of chosen texts, and after them of the same but shuffled."""
        lengths = self.lengths[chosen]
        owner = np.repeat(np.arange(len(chosen)), lengths)
        at = np.arange(len(owner)) + np.repeat(self.starts[chosen] - np.cumsum(lengths) + lengths, lengths)
        rows, cases = self.rows[at], self.cases[at]
        is_mark = (rows > EDGE) & (rows <= len(MARKS))
        moved = _shuffled(rows, is_mark, owner, rng)
        stays = (rng.random(len(chosen)) < _MARKS_STAY)[owner]
        words = np.flatnonzero(~is_mark & stays)
        moved[stays] = np.flatnonzero(stays)
        moved[words] = words[np.lexsort((rng.random(len(words)), owner[words]))]
        both = np.concatenate((np.arange(len(rows)), moved))
        cases = np.concatenate((cases, _begun(cases, moved, words[_firsts(owner[words])])))
        owner = np.concatenate((owner, owner + len(chosen)))
        rows, is_mark = rows[both], is_mark[both]
        rare = (rng.random(len(rows)) < _RARER) & ~is_mark
        rows[rare] = self.rarer[rows[rare]]
        cases[np.tile(rng.random(len(chosen)) < _NO_CASE, 2)[owner]] = 0
        keep = ~(is_mark & np.tile(rng.random(len(chosen)) < _NO_MARKS, 2)[owner])
        rows, cases, owner = rows[keep], cases[keep], owner[keep]
        counts = np.bincount(owner, minlength=2 * len(chosen))
        return rows, cases, owner, np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)


def _shuffled(rows: Ints, is_mark: NDArray[np.bool_], owner: Ints, rng: np.random.Generator) -> Ints:
    """Return an order in which the words of each text are shuffled, with the marks that are written to them."""
    joins = np.concatenate((is_mark & (rows != _OPEN), [False]))[:-1]
    after_open = np.concatenate(([False], rows[:-1] == _OPEN))
    unit = np.cumsum(~(joins | after_open) | np.concatenate(([True], owner[1:] != owner[:-1])))
    return np.lexsort((np.arange(len(rows)), rng.random(unit[-1] + 1)[unit], owner))


def _firsts(owner: Ints) -> Ints:
    return np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1]))[: len(owner)])


def _begun(cases: Ints, moved: Ints, firsts: Ints) -> Ints:
    """Return the cases of moved words where a capital begins the text as it did before, or that alone told it."""
    told = cases[moved]
    begun = firsts[cases[firsts] > 1]
    told[np.argsort(moved)[begun]] = 1
    told[begun] = np.where(told[begun] == 1, 2, told[begun])
    return told


class Net(torch.nn.Module):
    """Vectors of words and cases, rectified units over stretches of `WIDTH`, their sum over a text."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.words = torch.nn.Parameter(0.3 * torch.randn(rows + 1, _SIZE))
        self.cases = torch.nn.Parameter(0.3 * torch.randn(CASES, _CASE_SIZE))
        self.layer = torch.nn.Linear(WIDTH * (_SIZE + _CASE_SIZE), _UNITS)
        self.weights = torch.nn.Linear(_UNITS, 1)
        self.rest = torch.nn.Parameter(torch.zeros(1))

    def forward(self, rows: Ints, cases: Ints, texts: Ints, places: Ints) -> torch.Tensor:
        """Return the log-odds of each text, (texts,)."""
        count, longest = int(texts[-1]) + 1, int(places.max()) + 3
        there = np.zeros((count, longest), np.int64)  # 0: beyond the edges; a row is one more
        there[texts, places + 1] = rows + 1
        ends = np.bincount(texts) + 1
        there[:, 0] = there[np.arange(count), ends] = EDGE + 1
        case = np.zeros((count, longest), np.int64)
        case[texts, places + 1] = np.where(cases > 1, cases, 0)
        known, large = torch.from_numpy(there), torch.from_numpy(case)
        words = torch.nn.functional.embedding(known, self.words) * (known > 0).unsqueeze(-1)
        capitals = torch.nn.functional.embedding(large, self.cases) * (large > 0).unsqueeze(-1)
        told = torch.nn.functional.pad(torch.cat((words, capitals), -1), (0, 0, WIDTH // 2, WIDTH // 2))
        stretches = torch.cat([told[:, k : k + longest] for k in range(WIDTH)], -1)
        said = self.weights(torch.relu(self.layer(stretches))).squeeze(-1)
        odds: torch.Tensor = (said * (known > 0)).sum(1) + self.rest
        return odds


def learn(texts: Texts, rows: int, rounds: int) -> Net:
    """Return a network that tells texts from the same with their words shuffled; prints the loss of each round."""
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    net = Net(rows)
    optimiser = torch.optim.Adam(net.parameters(), lr=_RATE)
    steps, step = rounds * (len(texts.lengths) // _BATCH), 0
    for number in range(rounds):
        losses = []
        for chosen in texts.batches(rng):
            for group in optimiser.param_groups:
                group["lr"] = _RATE * max(0.02, 1 - step / steps)
            usual = torch.tensor([1.0, 0.0]).repeat_interleave(len(chosen))
            odds = net(*texts.pairs(chosen, rng))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, usual)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            losses.append(loss.item())
            step += 1
        print(f"round {number + 1}: loss {sum(losses) / len(losses):.4f}", flush=True)
    return net


class Ends(torch.nn.Module):
    """What the first, second, last but one and last word, `words` (rows, 4), tell of a text's being whole there."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.words = torch.nn.Parameter(torch.zeros(rows, 4))
        self.usual = torch.nn.Parameter(torch.zeros(2))

    def forward(self, first: Ints, last: Ints) -> torch.Tensor:
        """Return the log-odds of a whole beginning and a whole end, (n, 2), of two words of each, (n, 2)."""
        begins = self.words[first[:, 0], 0] + self.words[first[:, 1], 1]
        stops = self.words[last[:, 0], 2] + self.words[last[:, 1], 3]
        return torch.stack((begins, stops), 1) + self.usual


def learn_ends(texts: Texts, rows: int) -> Ends:
    """Return what tells the edges of sentences from edges inside them; only texts that end in a mark are asked."""
    rng = np.random.default_rng(1)
    owner = np.repeat(np.arange(len(texts.lengths)), texts.lengths)
    is_word = texts.rows > len(MARKS)
    counts = np.bincount(owner, is_word, len(texts.lengths)).astype(np.int64)
    starts = np.cumsum(counts) - counts
    told = texts.rows[is_word]
    asked = np.flatnonzero((texts.rows[texts.starts[1:] - 1] == _END) & (counts > _CUT))
    starts, stops = starts[asked], (starts + counts)[asked]
    whole = torch.tensor([1.0, 0.0]).repeat_interleave(len(asked)).unsqueeze(1).expand(-1, 2)
    net = Ends(rows)
    optimiser = torch.optim.Adam(net.parameters(), lr=0.05, weight_decay=1e-6)
    for _ in range(_CUTS):
        # A cut is anywhere but at the edges; two words before it and two after it are read.
        cuts = starts + 2 + np.floor(rng.random(len(asked)) * (stops - starts - 3)).astype(np.int64)
        first, last = np.concatenate((starts, cuts)), np.concatenate((stops, cuts))
        given = (np.stack((told[first], told[first + 1]), 1), np.stack((told[last - 2], told[last - 1]), 1))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(net(*given), whole)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    print(f"ends: loss {loss.item():.4f}", flush=True)
    return net
