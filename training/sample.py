"""Draws prompts with the torch model: `python3 sample.py "red apple" "blue car" --out sheet.png`."""
import argparse

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import autoencoder
import train_prior
from autoencoder import LATENT_CHANNELS
from denoiser import Denoiser
from paths import AUTOENCODER, DENOISER
from prior import settle
from words import Vocabulary

STEPS, GUIDANCE = 16, 1.2
# More of the steps at high noise, where the seed decides which guess a picture is on the way to.
SHIFT = 3.0
# Scales the prior's deviation: below 1 pictures stay closer to the average drawing of the words, which hides what a
# denoiser with few samples behind it has not learnt yet.
TEMPERATURE = 0.3
BAR = ["red apple", "green apple", "grinning face", "dog face", "cat face", "red heart", "green heart", "birthday cake",
       "rocket", "house with garden", "blue car", "pizza", "tree", "sun", "smiling face with sunglasses", "fish",
       "guitar", "banana", "crown", "robot", "owl", "cup of coffee", "sailboat", "rainbow"]


class Studio:
    """All trained parts together."""

    def __init__(self, device: str = "cpu", denoiser: Denoiser | None = None):
        self.device, self.vocabulary = device, Vocabulary()
        _, self.decoder = autoencoder.load(AUTOENCODER, device)
        parts = train_prior.load(device)
        self.text, self.prior = parts["text"], parts["prior"]
        if denoiser is None:
            denoiser = Denoiser().to(device)
            denoiser.load_state_dict(torch.load(DENOISER, map_location=device)["average"])
        self.denoiser = denoiser.eval()

    @torch.no_grad()
    def latents(self, prompts: list[str], seed: int, steps: int = STEPS, guidance: float = GUIDANCE,
                temperature: float = TEMPERATURE, known=None, mask=None) -> torch.Tensor:
        """Latents for prompts. With `known` latents and a `mask` of the same size (1: draw, 0: keep) it inpaints: what is
        known is laid over the result after every step, with the noise of that step."""
        ids = torch.tensor([self.vocabulary.encode(p) for p in prompts]).to(self.device)
        words = torch.cat([self.text(ids), self.text(torch.zeros_like(ids))])
        means, deviations, chances = self.prior(words)
        noise = torch.randn(len(prompts), LATENT_CHANNELS, 16, 16, generator=torch.Generator().manual_seed(seed))
        z = start = F.pixel_unshuffle(noise.to(self.device), 2)
        levels = torch.linspace(1, 0, steps + 1)
        levels = SHIFT * levels / (1 + (SHIFT - 1) * levels)
        for now, then in zip(levels, levels[1:]):
            t = torch.full((2 * len(z),), now.item(), device=self.device)
            both = torch.cat([z, z])
            guess = settle(both, t, means, deviations * temperature, chances)
            told, untold = self.denoiser(both, t, words, *guess).chunk(2)
            z = z + (then - now) * (untold + guidance * (told - untold))
            if known is not None:
                kept = (1 - then) * F.pixel_unshuffle(known, 2) + then * start
                z = torch.where(F.pixel_unshuffle(mask, 2) > 0, z, kept)
        return F.pixel_shuffle(z, 2)

    @torch.no_grad()
    def pictures(self, latents: torch.Tensor) -> np.ndarray:
        rgb = (self.decoder(latents).clamp(-1, 1) + 1) * 127.5
        return rgb.round().byte().permute(0, 2, 3, 1).cpu().numpy()

    def draw(self, prompts: list[str], seed: int, **how) -> np.ndarray:
        return self.pictures(self.latents(prompts, seed, **how))


def sheet(pictures: np.ndarray, columns: int = 8) -> Image.Image:
    rows = [np.concatenate(list(pictures[i:i + columns]), 1) for i in range(0, len(pictures), columns)]
    width = max(row.shape[1] for row in rows)
    rows = [np.pad(row, ((0, 0), (0, width - row.shape[1]), (0, 0)), constant_values=255) for row in rows]
    return Image.fromarray(np.concatenate(rows, 0))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("prompts", nargs="*", default=BAR)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--steps", type=int, default=STEPS)
    options.add_argument("--guidance", type=float, default=GUIDANCE)
    options.add_argument("--out", default="sheet.png")
    options = options.parse_args()
    torch.set_num_threads(1)
    drawn = Studio().draw(options.prompts, options.seed, steps=options.steps, guidance=options.guidance)
    sheet(drawn).save(options.out)


if __name__ == "__main__":
    main()
