"""Trains the text encoder and the prior: caption to average latent. Minutes, not hours, on a processor."""
import argparse
import time

import numpy as np
import torch
import torch.nn.functional as F

import caption
import render
from latents import Bank
from model import Prior, TextEncoder
from optimiser import Average
from pace import Pace
from paths import PRIOR, save_atomically
from words import PADDING, UNKNOWN, Vocabulary

EMPTY = 0.08
FORGOTTEN_WORD = 0.03


class Captions:
    """Word ids for variants, said anew each time."""

    def __init__(self):
        _, self.records = render.load()
        bar, asked = caption.concepts()
        self.names, self.vocabulary, self.rng = {**bar, **asked}, Vocabulary(), np.random.default_rng()

    def ids(self, variants: list[dict], empty: float = EMPTY) -> torch.Tensor:
        said = torch.tensor([self.vocabulary.encode(caption.of(v, self.records, self.names, self.rng)) for v in variants])
        forgotten = (torch.rand(said.shape) < FORGOTTEN_WORD) & (said != PADDING)
        said[forgotten] = UNKNOWN
        said[torch.rand(len(said)) < empty] = PADDING
        return said[:, :max(1, int((said != PADDING).sum(1).max()))]


def fresh(device: str) -> torch.nn.ModuleDict:
    vocabulary = Vocabulary()
    return torch.nn.ModuleDict({"text": TextEncoder(vocabulary.vectors, vocabulary.scales), "prior": Prior()}).to(device)


def load(device: str = "cpu") -> torch.nn.ModuleDict:
    model = fresh(device)
    model.load_state_dict(torch.load(PRIOR, map_location=device)["average"])
    return model.eval().requires_grad_(False)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=8)
    options.add_argument("--batch", type=int, default=256)
    options.add_argument("--rate", type=float, default=1.5e-3)
    options.add_argument("--device", default="cpu")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--resume", action="store_true")
    options = options.parse_args()
    device, pace = options.device, Pace(options.threads)
    bank, captions, model = Bank(device), Captions(), fresh(device)
    seen = 0
    if options.resume:
        stored = torch.load(PRIOR, map_location=device)
        model.load_state_dict(stored["average"])
        seen = stored["seen"]
    optimiser = torch.optim.AdamW(model.parameters(), options.rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = Average(model, 0.99)
    save = lambda: save_atomically({"average": average.weights, "seen": seen}, PRIOR)

    start, step, mean, saved = time.time(), 0, 0.0, time.time()
    while (passed := (time.time() - start) / (60 * options.minutes)) < 1:
        with pace:
            latents, variants = bank.draw(options.batch)
            ids = captions.ids(variants).to(device)
            loss = F.mse_loss(model["prior"](model["text"](ids)), F.pixel_unshuffle(latents, 2))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for group in optimiser.param_groups:
                group["lr"] = options.rate * min(1, (step + 1) / 50) * min(1, max(0.02, (1 - passed) / 0.5))
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            average.update(model)
        step, seen = step + 1, seen + options.batch
        mean = loss.item() if step == 1 else 0.97 * mean + 0.03 * loss.item()
        if step % 50 == 0:
            print(f"step {step} seconds {time.time() - start:.0f} seen {seen} loss {mean:.4f} threads {pace.threads}", flush=True)
        if time.time() - saved > 90:
            save()
            saved = time.time()
    save()
    print("done", flush=True)


if __name__ == "__main__":
    main()
