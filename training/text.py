"""Words in: word vectors (GloVe, int8) through a small transformer, and what the words amount to together.

Padding comes out as exact zeros, so that those who read the words need no mask: a zero row is padding.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from words import LENGTH

WIDTH = 256
VECTOR = 100
# Word vectors are shaken in training, so that words near those of the captions come to mean the same.
SHAKEN = 0.3


def attention(queries, keys, values, heads: int, bias=None):
    batch, count, width = queries.shape
    split = lambda x: x.reshape(batch, -1, heads, width // heads).transpose(1, 2)
    scores = split(queries) @ split(keys).transpose(2, 3) * (width // heads) ** -0.5
    if bias is not None:
        scores = scores + bias
    return (scores.softmax(-1) @ split(values)).transpose(1, 2).reshape(batch, count, width)


class TextBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, x, bias):
        q, k, v = self.qkv(self.norm1(x)).chunk(3, 2)
        x = x + self.out(attention(q, k, v, 4, bias))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class TextEncoder(nn.Module):
    def __init__(self, vectors: torch.Tensor, scales: torch.Tensor):
        super().__init__()
        self.register_buffer("vectors", vectors)
        self.register_buffer("scales", scales)
        self.enter = nn.Linear(VECTOR, WIDTH)
        self.positions = nn.Parameter(torch.randn(LENGTH, WIDTH) * 0.02)
        self.blocks = nn.ModuleList([TextBlock(), TextBlock()])
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, ids):
        real = (ids > 0).float()
        bias = (real - 1)[:, None, None] * 1e4
        vectors = self.vectors[ids].float() * self.scales[ids]
        if self.training:
            vectors = vectors + SHAKEN * torch.randn_like(vectors)
        x = self.enter(vectors) + self.positions[:ids.shape[1]]
        for block in self.blocks:
            x = block(x, bias)
        return self.norm(x) * real[..., None]


class Pool(nn.Module):
    """Four learned questions to the words, answered side by side in one vector."""

    QUESTIONS = 4

    def __init__(self):
        super().__init__()
        self.questions = nn.Linear(WIDTH, self.QUESTIONS)
        self.values = nn.Linear(WIDTH, WIDTH)

    def forward(self, words, lateness: float = 0.0):
        """Words [batch, length, WIDTH] to [batch, 4 * WIDTH]; with `lateness` the later words count for more."""
        real = present(words)
        late = lateness * torch.arange(words.shape[1], device=words.device)[:, None]
        share = (self.questions(words) + late + (real[..., None] - 1) * 1e4).softmax(1) * real[..., None]
        return (share.transpose(1, 2) @ self.values(words)).flatten(1)


def present(words):
    """1 for a word, 0 for padding: the text encoder leaves exact zeros there."""
    return (words.abs().sum(2) > 0).float()
