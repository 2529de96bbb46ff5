"""Where a drawing stands on the picture, and how a latent is moved there without going through pixels.

The autoencoder is local, so mirroring a picture or halving its size is nearly a linear map from a few latent cells to a
few others: one convolution each, fitted in closed form (codebook.py). So any drawing can be mirrored, made smaller or set
beside any other, whether it was trained so or not.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image

from autoencoder import LATENT_CHANNELS

CELL, CELLS = 8, 16
# Distance from white, as root mean square over channels, of nine in ten stained cells.
STAIN = 0.22
# Name: (cells across, mirrored, places as row and column of cells; the second place is for a second drawing).
LAYOUTS = {"plain": (16, False, [(0, 0)]), "mirrored": (16, True, [(0, 0)]), "left": (12, False, [(3, 0)]),
           "right": (12, True, [(3, 4)]), "small": (8, False, [(5, 4)]), "pair": (8, False, [(4, 0), (4, 8)])}


def arranged(drawings: list[np.ndarray], name: str) -> np.ndarray:
    """RGBA drawings (two for a pair, else one) as the layout sets them."""
    across, mirrored, places = LAYOUTS[name]
    canvas = Image.new("RGBA", (CELL * CELLS, CELL * CELLS))
    for rgba, (row, column) in zip(drawings, places):
        image = Image.fromarray(np.ascontiguousarray(rgba[:, ::-1] if mirrored else rgba))
        canvas.paste(image.resize((CELL * across, CELL * across), Image.LANCZOS), (CELL * column, CELL * row))
    return np.asarray(canvas)


class Move(nn.Module):
    """Latents [n, 8, 16, 16] to latents of the same drawing mirrored, or `across` cells wide."""

    # Cells across: (kernel, stride, padding, finer cells a result holds each way).
    SHAPES = {16: (3, 1, 1, 1), 12: (8, 4, 2, 3), 8: (6, 2, 2, 1)}

    def __init__(self, across: int):
        super().__init__()
        self.mirrors = across == 16
        kernel, stride, self.padding, self.finer = self.SHAPES[across]
        self.map = nn.Conv2d(LATENT_CHANNELS, LATENT_CHANNELS * self.finer ** 2, kernel, stride)

    def edged(self, latents):
        return F.pad(latents.flip(3) if self.mirrors else latents, [self.padding] * 4, mode="replicate")

    def forward(self, latents):
        return F.pixel_shuffle(self.map(self.edged(latents)), self.finer)

    @torch.no_grad()
    def fit(self, before: torch.Tensor, after: torch.Tensor) -> float:
        """Least squares over pairs of latents; returns the part of the variance that is left."""
        kernel, stride = self.map.kernel_size, self.map.stride
        wanted = F.pixel_unshuffle(after, self.finer).flatten(2).transpose(1, 2).flatten(0, 1)
        seen = F.unfold(self.edged(before), kernel, stride=stride).transpose(1, 2).flatten(0, 1)
        seen = torch.cat([seen, torch.ones(len(seen), 1)], 1)
        solved = torch.linalg.solve(seen.t() @ seen + 0.1 * torch.eye(seen.shape[1]), seen.t() @ wanted)
        self.map.weight.copy_(solved[:-1].t().reshape(self.map.weight.shape))
        self.map.bias.copy_(solved[-1])
        return ((seen @ solved - wanted) ** 2).mean().item() / wanted.var().item()


class Layouts(nn.Module):
    """All arrangements of latents at once."""

    def __init__(self):
        super().__init__()
        self.mirror, self.smaller, self.smallest = Move(16), Move(12), Move(8)
        self.register_buffer("white", torch.zeros(LATENT_CHANNELS, CELLS, CELLS))

    def set_down(self, pieces: list[torch.Tensor], places: list[tuple[int, int]]):
        """Pieces of one size [n, 8, h, h] on a white picture."""
        out, covered = 0, torch.zeros(1, CELLS, CELLS, device=self.white.device)
        for piece, (row, column) in zip(pieces, places):
            across = piece.shape[3]
            edges = (column, CELLS - column - across, row, CELLS - row - across)
            out = out + F.pad(piece, edges)
            covered = covered + F.pad(torch.ones(1, across, across, device=self.white.device), edges)
        return out + self.white * (1 - covered)

    def cleared(self, latents):
        """What is nearly white becomes white: codes and moves leave a faint stain on empty ground, and nothing drawn is as
        faint as that."""
        away = latents - self.white
        distance = away.pow(2).mean(1, keepdim=True).sqrt()
        return self.white + away * torch.sigmoid((distance - STAIN) / (STAIN / 8))

    def forward(self, first, second):
        """Latents [n, 8, 16, 16] in every layout, in the order of LAYOUTS: a list of [n, 8, 16, 16]."""
        mirrored = self.mirror(first)
        half = self.smallest(first)
        pieces = {"plain": [first], "mirrored": [mirrored], "left": [self.smaller(first)], "right": [self.smaller(mirrored)],
                  "small": [half], "pair": [half, self.smallest(second)]}
        return [self.cleared(pieces[name][0] if across == CELLS else self.set_down(pieces[name], places))
                for name, (across, _, places) in LAYOUTS.items()]
