"""Trains the text encoder and the prior: captions to guesses at the latent. Minutes, not hours, on a processor."""
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
FOLLOW = 0.05


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


class Learner:
    """The prior in training, with its average. Starts from its checkpoint if there is one."""

    def __init__(self, device: str, rate: float):
        self.device, self.rate, self.model, self.seen = device, rate, fresh(device), 0
        if PRIOR.exists():
            stored = torch.load(PRIOR, map_location=device)
            self.model.load_state_dict(stored["average"])
            self.seen = stored["seen"]
        self.optimiser = torch.optim.AdamW(self.model.parameters(), rate, betas=(0.9, 0.98), weight_decay=0.01)
        self.average = Average(self.model, 0.99)

    def step(self, bank: Bank, captions: Captions, batch: int, fraction: float) -> float:
        latents, variants = bank.draw(batch)
        ids = captions.ids(variants)
        order = (ids != PADDING).sum(1).argsort()
        latents, pooled = F.pixel_unshuffle(latents, 2)[order.to(self.device)], self.pooled(ids[order])
        prior = self.model["prior"]
        with torch.no_grad():
            means = prior.guess(pooled)[0]
            best = ((means - latents[:, None]) ** 2).mean((2, 3, 4)).argmin(1)
        # The best guess learns, now and then another: so guesses part ways where a caption has several meanings, and none
        # is left behind.
        learning = torch.where(torch.rand(batch, device=best.device) < FOLLOW, torch.randint_like(best, Prior.GUESSES), best)
        mean, deviation, _ = prior.guess(pooled, learning)
        error = ((mean[:, 0] - latents) ** 2).mean(1, keepdim=True)
        loss = error.mean()
        # The deviation learns from the likelihood of the error and leaves the mean alone.
        surprise = (deviation[:, 0].log() + error.detach() / (2 * deviation[:, 0] ** 2)).mean()
        (loss + 0.02 * surprise + 0.01 * F.nll_loss(prior.chances(pooled.detach()), best)).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate * fraction
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.average.update(self.model)
        self.seen += batch
        return loss.item()

    def pooled(self, ids: torch.Tensor) -> torch.Tensor:
        """What the words amount to; in thirds by length, because most captions are short and padding costs time."""
        out = []
        for part in ids.chunk(3):
            length = max(1, int((part != PADDING).sum(1).max()))
            out.append(self.model["prior"].pool(self.model["text"](part[:, :length].to(self.device))))
        return torch.cat(out)

    def save(self) -> None:
        save_atomically({"average": self.average.weights, "seen": self.seen}, PRIOR)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=8)
    options.add_argument("--batch", type=int, default=256)
    options.add_argument("--rate", type=float, default=1.5e-3)
    options.add_argument("--device", default="cpu")
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    pace, bank, captions = Pace(options.threads), Bank(options.device), Captions()
    learner = Learner(options.device, options.rate)
    start, step, mean, saved = time.time(), 0, 0.0, time.time()
    while (passed := (time.time() - start) / (60 * options.minutes)) < 1:
        with pace:
            loss = learner.step(bank, captions, options.batch, min(1, (step + 1) / 50) * min(1, max(0.02, (1 - passed) / 0.5)))
        step += 1
        keep = min(0.97, 1 - 1 / step)
        mean = keep * mean + (1 - keep) * loss
        if step % 50 == 0:
            print(f"step {step} seconds {time.time() - start:.0f} seen {learner.seen} loss {mean:.4f} "
                  f"threads {pace.threads}", flush=True)
        if time.time() - saved > 90:
            learner.save()
            saved = time.time()
    learner.save()
    print("done", flush=True)


if __name__ == "__main__":
    main()
