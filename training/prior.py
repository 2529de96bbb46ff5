"""The prior: words to guesses at the latent, each with how likely it is.

Every drawing of the training, in each style, repaint and ground, is known by a code: its place along the directions in
which drawings differ most (principal components of the latents). Words are matched to codes by what they name (a thing)
and by what they say about it (style, colour, ground, what is worn), which are learned apart and add up, so 'purple' counts
for every thing. The codes most likely in each style are drawn in every layout (layout.py); the noise of the seed decides
which guess a picture is on the way to, in proportion to their chances.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from autoencoder import LATENT_CHANNELS
from caption import COLOURS, STYLES
from layout import CELLS, LAYOUTS, Layouts
from text import WIDTH, Pool, present

FOLDED = 4 * LATENT_CHANNELS
SIDE = CELLS // 2
INNER = 512
READ = 2 * 4 * WIDTH
# What is named second stands last: "a cat next to a dog".
LATENESS = 0.7
IMPOSSIBLE = -1e4
# Traits are styles, colours, grounds and what is worn, in this order; a second drawing has no ground and wears nothing.
SECOND_TRAITS = len(STYLES) + len(COLOURS) + 1
# Codes that are looked at in each style, and the log-chance that the best gives up: what fits nearly as well counts as much,
# so that seeds differ.
PER_STYLE, EVENED = 5, 1.8


class Prior(nn.Module):
    """`sizes`: how many codes, numbers in a code, things and traits there are, and where each style's codes begin."""

    def __init__(self, codes: int, rank: int, things: int, traits: int, begins: list[int]):
        super().__init__()
        self.bounds = list(zip(begins, [*begins[1:], codes]))
        whole = LATENT_CHANNELS * CELLS * CELLS
        self.register_buffer("codes", torch.zeros(codes, rank, dtype=torch.int8))
        self.register_buffer("steps", torch.zeros(rank))
        self.register_buffer("basis", torch.zeros(rank, whole))
        self.register_buffer("centre", torch.zeros(whole))
        # How far latents stray: from their guess, by layout, and from the centre when nothing is said.
        self.register_buffer("deviation", torch.ones(len(LAYOUTS), 1, SIDE, SIDE))
        self.register_buffer("vague", torch.ones(1, SIDE, SIDE))
        self.register_buffer("thing", torch.zeros(codes, dtype=torch.long))
        self.register_buffer("traits", torch.zeros(codes, traits, dtype=torch.int8))
        # Only what stands on white can be moved about on white.
        self.register_buffer("movable", torch.ones(codes))
        self.layouts = Layouts()
        self.pool = Pool()
        self.inner = nn.Linear(READ, INNER)
        self.things = nn.ModuleList([nn.Linear(INNER, things), nn.Linear(INNER, things)])
        self.said = nn.ModuleList([nn.Linear(INNER, traits), nn.Linear(INNER, SECOND_TRAITS)])
        self.layout = nn.Linear(INNER, len(LAYOUTS))

    def read(self, words):
        """What the words amount to [batch, READ], all alike and once more with the last ones in front."""
        return torch.cat([self.pool(words), self.pool(words, LATENESS)], 1)

    def matches(self, hidden, which: int):
        """Log-chances [batch, codes] of the first (0) or second (1) drawing that the words name."""
        said = self.said[which](hidden)
        scores = self.things[which](hidden)[:, self.thing] + said @ self.traits[:, :said.shape[1]].float().t()
        return (scores if which == 0 else scores + (1 - self.movable) * IMPOSSIBLE).log_softmax(1)

    def latents(self, places):
        """Codes by number [n] as latents [n, 8, 16, 16]."""
        drawn = (self.codes[places].float() * self.steps) @ self.basis + self.centre
        return drawn.view(-1, LATENT_CHANNELS, CELLS, CELLS)

    def likeliest(self, matches):
        """The likeliest codes of each style: log-chances and numbers, both [batch, styles * PER_STYLE]."""
        best = [matches[:, start:end].topk(PER_STYLE, 1) for start, end in self.bounds]
        return (torch.cat([chances for chances, _ in best], 1),
                torch.cat([places + start for (_, places), (start, _) in zip(best, self.bounds)], 1))

    def forward(self, words):
        """Per guess the mean [batch, guesses, 32, 8, 8], deviation [batch, guesses, 1, 8, 8] and log-chance; the last
        guess is the one for no words at all."""
        batch, hidden = words.shape[0], self.inner(self.read(words))
        chances, first = self.likeliest(self.matches(hidden, 0))
        others, second = self.likeliest(self.matches(hidden, 1))
        pairs = (chances + others) / 2
        chances = torch.minimum(chances, chances.amax(1, keepdim=True) - EVENED).log_softmax(1)
        drawn = self.layouts(self.latents(first.flatten()), self.latents(second.flatten()))
        means = torch.stack([F.pixel_unshuffle(d, 2).view(batch, -1, FOLDED, SIDE, SIDE) for d in drawn], 1)
        fixed = (1 - self.movable[first]) * IMPOSSIBLE
        paired = (pairs + fixed).log_softmax(1)
        kept = {"plain": chances, "mirrored": chances, "pair": paired}
        by_layout = torch.stack([kept.get(name, chances + fixed) for name in LAYOUTS], 1)
        by_layout = by_layout + self.layout(hidden).log_softmax(1)[:, :, None]
        spoken = (present(words).sum(1, keepdim=True) > 0).float()
        chances = torch.cat([by_layout.flatten(1) + (1 - spoken) * IMPOSSIBLE, spoken * IMPOSSIBLE], 1)
        unfolded = F.pixel_unshuffle(self.centre.view(1, LATENT_CHANNELS, CELLS, CELLS), 2)[:, None]
        means = torch.cat([means.flatten(1, 2), unfolded.expand(batch, -1, -1, -1, -1)], 1)
        deviations = torch.cat([self.deviation.repeat_interleave(first.shape[1], 0), self.vague[None]])
        return means, deviations[None].expand(batch, -1, -1, -1, -1), chances.log_softmax(1)


def settle(z, t, means, deviations, chances):
    """The guess that noisy latents are on the way to: guesses weighed by how likely each makes what is seen."""
    tt = t[:, None, None, None, None]
    spread = spread_of(tt, deviations)
    unlikely = ((z[:, None] - (1 - tt) * means) ** 2 / spread + spread.log()).sum((2, 3, 4)) / 2
    share = (chances - unlikely).softmax(1)[:, :, None, None, None]
    return (share * means).sum(1), (share * deviations).sum(1)


def spread_of(t, deviation):
    """The variance of a noisy latent around its mean."""
    return (1 - t) ** 2 * deviation ** 2 + t ** 2
