"""A small Transformer for translation in plain PyTorch, and beam search with cached keys and values.

One model serves both directions: the first token of a source names the language to translate into. Layers are normed
first (pre-norm) and without biases, the embedding table is the output layer too, positions are sinusoids.

Source: Vaswani et al. 2017, arXiv:1706.03762; Xiong et al. 2020, arXiv:2002.04745 (pre-norm); Johnson et al. 2017,
arXiv:1611.04558 (the language token).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["Shape", "Transformer", "beam_search", "padded"]

BOS, EOS = 1, 2  # SentencePiece's own numbers

KeysValues = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model. `pieces` is the vocabulary; padding and the two language tokens come after it."""

    pieces: int
    dim: int = 256
    heads: int = 4
    encoder_layers: int = 3
    decoder_layers: int = 3
    inner: int = 768
    dropout: float = 0.0

    @property
    def pad(self) -> int:
        """The number that fills the end of shorter texts."""
        return self.pieces

    def language(self, lang: str) -> int:
        """Return the token that asks for a translation into `lang`."""
        return self.pieces + 1 + ("hi", "en").index(lang)


class Attention(nn.Module):
    """Scaled dot-product attention with several heads."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(dim, dim, bias=False) for _ in range(4))

    def keys_values(self, x: Tensor) -> KeysValues:
        """Return the keys and values of `x` (n, t, d), each (n, heads, t, d / heads)."""
        return self._split(self.key(x)), self._split(self.value(x))

    def forward(self, x: Tensor, seen: KeysValues, mask: Tensor | None = None, *, causal: bool = False) -> Tensor:
        """Return what `x` (n, t, d) reads from `seen`; `mask` is true where it may look."""
        found = functional.scaled_dot_product_attention(
            self._split(self.query(x)), *seen, attn_mask=mask, is_causal=causal
        )
        return self.out(found.transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)


class Layer(nn.Module):
    """A layer of the encoder, or with `cross` of the decoder."""

    def __init__(self, shape: Shape, *, cross: bool) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(shape.dim, bias=False) for _ in range(3 if cross else 2))
        self.attention = Attention(shape.dim, shape.heads)
        self.cross = Attention(shape.dim, shape.heads) if cross else None
        self.inner = nn.Sequential(
            nn.Linear(shape.dim, shape.inner, bias=False), nn.GELU(), nn.Linear(shape.inner, shape.dim, bias=False)
        )
        self.dropout = nn.Dropout(shape.dropout)

    def encode(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return `x` (n, t, d) with every text read by itself."""
        normed = self.norms[0](x)
        x = x + self.dropout(self.attention(normed, self.attention.keys_values(normed), mask))
        return x + self.dropout(self.inner(self.norms[1](x)))

    def decode(
        self, x: Tensor, memory: KeysValues, mask: Tensor, past: KeysValues | None = None, *, causal: bool
    ) -> tuple[Tensor, KeysValues]:
        """Return `x` (n, t, d) with past and source read, and the keys and values of past and `x`."""
        normed = self.norms[0](x)
        seen = self.attention.keys_values(normed)
        if past is not None:
            seen = (torch.cat((past[0], seen[0]), 2), torch.cat((past[1], seen[1]), 2))
        x = x + self.dropout(self.attention(normed, seen, causal=causal))
        assert self.cross is not None
        x = x + self.dropout(self.cross(self.norms[1](x), memory, mask))
        return x + self.dropout(self.inner(self.norms[2](x))), seen


class Transformer(nn.Module):
    """Encoder and decoder over one vocabulary."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.pieces + 3, shape.dim)
        self.encoder = nn.ModuleList(Layer(shape, cross=False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(Layer(shape, cross=True) for _ in range(shape.decoder_layers))
        self.norms = nn.ModuleList(nn.LayerNorm(shape.dim, bias=False) for _ in range(2))
        self.dropout = nn.Dropout(shape.dropout)
        nn.init.normal_(self.embedding.weight, std=shape.dim**-0.5)
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and not name.startswith("embedding"):
                nn.init.xavier_uniform_(weight)

    def read(self, source: Tensor) -> tuple[list[KeysValues], Tensor]:
        """Return what each decoder layer sees of `source` (n, t), and a mask (n, 1, 1, t) of what is text."""
        mask = (source != self.shape.pad)[:, None, None, :]
        x = self._embed(source, 0)
        for layer in self.encoder:
            x = layer.encode(x, mask)
        x = self.norms[0](x)
        return [layer.cross.keys_values(x) for layer in self.decoder], mask

    def write(
        self, target: Tensor, memory: Sequence[KeysValues], mask: Tensor, past: Sequence[KeysValues] | None = None
    ) -> tuple[Tensor, list[KeysValues]]:
        """Return states (n, t, d) for `target` (n, t) after `past`, and past and target together as the next past."""
        start = past[0][0].shape[2] if past else 0
        x, seen = self._embed(target, start), []
        for number, layer in enumerate(self.decoder):
            x, one = layer.decode(x, memory[number], mask, past[number] if past else None, causal=past is None)
            seen.append(one)
        return self.norms[1](x), seen

    def logits(self, states: Tensor) -> Tensor:
        """Return the logits of all pieces for states (…, d)."""
        return functional.linear(states, self.embedding.weight[: self.shape.pieces])

    def loss(self, source: Tensor, target: Tensor, smoothing: float) -> Tensor:
        """Return the mean loss of a target token; `target` (n, t) begins with BOS and ends with EOS and padding."""
        states, _ = self.write(target[:, :-1], *self.read(source))
        wanted = target[:, 1:]
        real = wanted != self.shape.pad
        return functional.cross_entropy(self.logits(states[real]), wanted[real], label_smoothing=smoothing)

    def _embed(self, tokens: Tensor, start: int) -> Tensor:
        x = self.embedding(tokens) * math.sqrt(self.shape.dim)
        return self.dropout(x + _positions(start, tokens.shape[1], self.shape.dim))


def padded(texts: Sequence[Sequence[int]], pad: int) -> Tensor:
    """Return texts as one matrix (n, longest), filled at their ends."""
    longest = max(len(text) for text in texts)
    return torch.tensor([[*text, *[pad] * (longest - len(text))] for text in texts])


@torch.inference_mode()
def beam_search(model: Transformer, source: Tensor, *, beams: int = 4) -> list[list[int]]:
    """Return the best translation of each row of `source` (n, t), without BOS and EOS.

    Hypotheses are compared by their mean log-probability a piece. A translation has at most twice the pieces of its
    source and ten.
    """
    count, limits = len(source), 2 * (source != model.shape.pad).sum(1, keepdim=True) + 10
    memory, mask = model.read(source)
    memory = [(k.repeat_interleave(beams, 0), v.repeat_interleave(beams, 0)) for k, v in memory]
    mask = mask.repeat_interleave(beams, 0)
    rows = torch.arange(count)[:, None] * beams
    tokens = torch.full((count * beams, 1), BOS)
    total = torch.full((count, beams), -torch.inf)
    total[:, 0] = 0.0  # all beams begin alike: only the first may go on
    lengths = torch.zeros(count, beams)
    past: list[KeysValues] | None = None
    for step in range(int(limits.max()) + 1):
        states, past = model.write(tokens[:, -1:], memory, mask, past)
        scores = functional.log_softmax(model.logits(states[:, -1]), -1).view(count, beams, -1)
        done = (tokens[:, -1] == EOS).view(count, beams)
        ending = scores[:, :, EOS].masked_fill(done, 0.0)  # what has ended stays, at no cost
        scores = scores.masked_fill((done | (limits <= step))[:, :, None], -torch.inf)
        scores[:, :, EOS] = ending
        sums, longer = total[:, :, None] + scores, lengths + ~done
        best = (sums / longer[:, :, None]).flatten(1).topk(beams).indices
        origin, piece = best // scores.shape[2], best % scores.shape[2]
        total, lengths = sums.flatten(1).gather(1, best), longer.gather(1, origin)
        order = (rows + origin).flatten()
        tokens = torch.cat((tokens[order], piece.view(-1, 1)), 1)
        past = [(k[order], v[order]) for k, v in past]
        if bool((piece == EOS).all()):
            break
    winners = (total / lengths).argmax(1) + rows[:, 0]
    return [_until_end(row[1:]) for row in tokens[winners].tolist()]


def _until_end(tokens: list[int]) -> list[int]:
    return tokens[: tokens.index(EOS)] if EOS in tokens else tokens


def _positions(start: int, count: int, dim: int) -> Tensor:
    """Return sinusoids (count, dim) for the places from `start` on."""
    places = torch.arange(start, start + count, dtype=torch.float32)[:, None]
    angles = places * torch.exp(torch.arange(0, dim, 2) * (-math.log(10000.0) / dim))
    return torch.cat((angles.sin(), angles.cos()), 1)
