"""The three nets behind the autoencoder.

TextEncoder  words (GloVe, int8) through a small transformer. Padding comes out as exact zeros, so that the denoiser
             needs no mask: a zero row is padding.
Prior        words to a few guesses at the latent (the drawings that the words may mean), each with how far drawings
             stray from it and how likely it is. Plain regression learns that at a tenth of a denoiser's cost a sample.
Denoiser     a flow-matching U-Net that starts from the prior. Latents (8 x 16 x 16) are folded to 32 x 8 x 8 inside.

A noisy latent tells which guess it is on the way to (`settle`), so another seed may draw another meaning. With that
guess's mean m and deviation s, noise level t and noisy latent z, the best linear guess of the velocity is
    v = skip (z - (1-t) m) - m,   skip = (t - (1-t) s^2) / D,   D = (1-t)^2 s^2 + t^2
and the net adds  s / sqrt(D)  times its output. So an untrained net already draws the blurred average, and every sample
of the budget goes into what the average lacks.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from autoencoder import LATENT_CHANNELS
from words import LENGTH

WIDTH = 256
VECTOR = 100
FOLDED = 4 * LATENT_CHANNELS
SIDE = 8
LEAST_DEVIATION = 0.08


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
        x = self.enter(self.vectors[ids].float() * self.scales[ids]) + self.positions[:ids.shape[1]]
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

    def forward(self, words):
        real = present(words)
        share = (self.questions(words) + (real[..., None] - 1) * 1e4).softmax(1) * real[..., None]
        return (share.transpose(1, 2) @ self.values(words)).flatten(1)


def present(words):
    """1 for a word, 0 for padding: the text encoder leaves exact zeros there."""
    return (words.abs().sum(2) > 0).float()


class Prior(nn.Module):
    GUESSES = 4

    def __init__(self, inner: int = 768):
        super().__init__()
        self.pool = Pool()
        self.codes = nn.Parameter(torch.randn(self.GUESSES, 4 * WIDTH) * 0.3)
        self.net = nn.Sequential(nn.Linear(4 * WIDTH, inner), nn.GELU(), nn.Linear(inner, inner), nn.GELU())
        self.mean = nn.Linear(inner, FOLDED * SIDE * SIDE)
        self.deviation = nn.Linear(inner, SIDE * SIDE)
        self.chance = nn.Linear(4 * WIDTH, self.GUESSES)

    def forward(self, words):
        """Per guess the mean [batch, guesses, 32, 8, 8], deviation [batch, guesses, 1, 8, 8] and log-chance."""
        return self.guess(self.pool(words))

    def guess(self, pooled, only=None):
        """All guesses, or for each row the one with the number in `only`."""
        # The first layer is linear in words and codes, so the words go through it once and not once a guess.
        codes = F.linear(self.codes, self.net[0].weight)
        codes = codes[None] if only is None else codes[only][:, None]
        h = self.net[1:](self.net[0](pooled)[:, None] + codes)
        mean = self.mean(h).view(-1, h.shape[1], FOLDED, SIDE, SIDE)
        deviation = LEAST_DEVIATION + F.softplus(self.deviation(h)).view(-1, h.shape[1], 1, SIDE, SIDE)
        return mean, deviation, self.chances(pooled)

    def chances(self, pooled):
        return self.chance(pooled).log_softmax(1)


def prefer(deviations, chances):
    """Chances for drawing rather than for learning: a guess that is sure of itself is taken before a vague one."""
    return (2 * chances - 8 * deviations.mean((2, 3, 4)).log()).log_softmax(1)


def settle(z, t, means, deviations, chances):
    """The guess that noisy latents are on the way to: guesses weighed by how likely each makes what is seen."""
    tt = t[:, None, None, None, None]
    spread = spread_of(tt, deviations)
    unlikely = ((z[:, None] - (1 - tt) * means) ** 2 / spread + spread.log()).sum((2, 3, 4)) / 2
    share = (chances - unlikely).softmax(1)[:, :, None, None, None]
    return (share * means).sum(1), (share * deviations).sum(1)


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(8, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.condition = nn.Linear(WIDTH, 2 * outputs)
        self.norm2, self.conv2 = nn.GroupNorm(8, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.conv2.weight)

    def forward(self, x, condition):
        scale, shift = self.condition(condition)[..., None, None].chunk(2, 1)
        h = self.conv1(F.silu(self.norm1(x)))
        return self.skip(x) + self.conv2(F.silu(self.norm2(h) * (1 + scale) + shift))


class Attention(nn.Module):
    """Each place looks at all places and at all words at once."""

    def __init__(self, channels: int):
        super().__init__()
        self.norm = nn.GroupNorm(8, channels)
        self.qkv, self.words = nn.Linear(channels, 3 * channels), nn.Linear(WIDTH, 2 * channels)
        self.out = nn.Linear(channels, channels)
        nn.init.zeros_(self.out.weight)

    def forward(self, x, words, bias):
        height, width = x.shape[2:]
        q, k, v = self.qkv(self.norm(x).flatten(2).transpose(1, 2)).chunk(3, 2)
        word_k, word_v = self.words(words).chunk(2, 2)
        bias = torch.cat([torch.zeros_like(q[:, :, 0]), bias], 1)[:, None, None]
        h = attention(q, torch.cat([k, word_k], 1), torch.cat([v, word_v], 1), 4, bias)
        return x + self.out(h).transpose(1, 2).reshape(x.shape[0], -1, height, width)


class Denoiser(nn.Module):
    def __init__(self, fine: int = 112, coarse: int = 224):
        super().__init__()
        self.pool = Pool()
        self.time1, self.time2 = nn.Linear(128, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.pooled = nn.Linear(4 * WIDTH, WIDTH)
        self.register_buffer("frequencies", torch.exp(-math.log(1e4) * torch.arange(64) / 64))
        self.enter = nn.Conv2d(2 * FOLDED + 1, fine, 3, padding=1)
        self.down1, self.look1 = Block(fine, fine), Attention(fine)
        self.down2, self.look2 = Block(fine, fine), Attention(fine)
        self.shrink = nn.Conv2d(fine, coarse, 3, stride=2, padding=1)
        self.middle1, self.look3, self.middle2 = Block(coarse, coarse), Attention(coarse), Block(coarse, coarse)
        self.grow = nn.Conv2d(coarse, 4 * fine, 1)
        self.up1, self.look4 = Block(2 * fine, fine), Attention(fine)
        self.up2, self.look5 = Block(2 * fine, fine), Attention(fine)
        self.up3 = Block(fine, fine)
        self.norm = nn.GroupNorm(8, fine)
        self.leave = nn.Conv2d(fine, FOLDED, 3, padding=1)
        nn.init.zeros_(self.leave.weight)

    def net(self, z, t, words, mean, deviation):
        angle = t[:, None] * 1000 * self.frequencies
        time = self.time2(F.silu(self.time1(torch.cat([angle.sin(), angle.cos()], 1))))
        condition = F.silu(time + self.pooled(self.pool(words)))
        bias = (present(words) - 1) * 1e4
        a = self.look1(self.down1(self.enter(torch.cat([z, mean, deviation.log()], 1)), condition), words, bias)
        b = self.look2(self.down2(a, condition), words, bias)
        h = self.middle1(self.shrink(b), condition)
        h = F.pixel_shuffle(self.grow(self.middle2(self.look3(h, words, bias), condition)), 2)[:, :, :b.shape[2], :b.shape[3]]
        h = self.look4(self.up1(torch.cat([h, b], 1), condition), words, bias)
        h = self.look5(self.up2(torch.cat([h, a], 1), condition), words, bias)
        return self.leave(F.silu(self.norm(self.up3(h, condition))))

    def forward(self, z, t, words, mean, deviation):
        """Velocity (noise - latent) of folded latents z at noise level t in 0..1, given the prior's answer."""
        tt, s = t[:, None, None, None], deviation
        spread = spread_of(tt, s)
        centred = z - (1 - tt) * mean
        correction = self.net(centred / spread.sqrt(), t, words, mean, deviation)
        return (tt - (1 - tt) * s * s) / spread * centred - mean + s / spread.sqrt() * correction


def spread_of(t, deviation):
    """The variance of a noisy latent around its mean."""
    return (1 - t) ** 2 * deviation ** 2 + t ** 2
