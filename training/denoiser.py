"""The denoiser: a flow-matching U-Net that starts from the prior's guess. Latents (8 x 16 x 16) are folded to 32 x 8 x 8.

With the mean m and deviation s of the guess that the noisy latent z is on the way to (prior.settle) and noise level t, the
best linear guess of the velocity is
    v = skip (z - (1-t) m) - m,   skip = (t - (1-t) s^2) / D,   D = (1-t)^2 s^2 + t^2
and the net adds  s / sqrt(D)  times its output. So an untrained net already draws the guess, and every sample of the
budget goes into what the guess lacks.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from prior import FOLDED, spread_of
from text import WIDTH, Pool, attention, present


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
