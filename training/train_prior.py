"""Trains the text encoder and the prior: captions to the codes and layouts they may mean. No picture is looked at, so
thousands of captions a second pass on a quiet processor."""
import argparse
import time

import numpy as np
import torch
import torch.nn.functional as F

import caption
import render
from latents import Bank, movable
from layout import LAYOUTS
from optimiser import Average
from pace import Pace
from paths import CODEBOOK, PRIOR, save_atomically
from prior import Prior
from text import TextEncoder
from words import PADDING, UNKNOWN, Vocabulary

FORGOTTEN_WORD = 0.03
# How often a layout is shown. All but 'small' and 'pair' are never told: that is what a seed may choose.
LAYOUT = {"plain": 0.32, "mirrored": 0.3, "left": 0.09, "right": 0.09, "small": 0.06, "pair": 0.14}
TWICE = 0.25


class Captions:
    """Word ids for variants, said anew each time."""

    def __init__(self):
        _, self.records = render.load()
        self.names = {label: names for part in caption.concepts().values() for label, names in part.items()}
        self.vocabulary, self.rng = Vocabulary(), np.random.default_rng()

    def ids(self, variants: list[dict], empty: float = 0.0) -> torch.Tensor:
        said = torch.tensor([self.vocabulary.encode(caption.of(v, self.records, self.names, self.rng)) for v in variants])
        forgotten = (torch.rand(said.shape) < FORGOTTEN_WORD) & (said != PADDING)
        said[forgotten] = UNKNOWN
        said[torch.rand(len(said)) < empty] = PADDING
        return said[:, :max(1, int((said != PADDING).sum(1).max()))]


class Tasks:
    """Captions with what they mean: code of the first drawing, of the second (or -1), and layout."""

    def __init__(self, bank: Bank, captions: Captions):
        self.captions, self.rng = captions, np.random.default_rng()
        self.known = [bank.variants[i] for i in torch.load(CODEBOOK)["places"]]
        weights = np.array([v["weight"] for v in self.known])
        self.odds = weights / weights.sum()
        self.pool = [{**v, "code": i} for i, v in enumerate(self.known) if movable(v)]
        shy = np.array([v["weight"] for v in self.pool]) ** 0.7
        self.pool_odds = shy / shy.sum()

    def draw(self, size: int, pairs_only: bool = False):
        names = list(LAYOUTS)
        chosen = self.rng.choice(len(self.known), size, p=self.odds)
        company = self.rng.choice(len(self.pool), (2, size), p=self.pool_odds)
        told, first, second, layouts = [], [], [], []
        for place, one, other in zip(chosen, *company):
            name = "pair" if pairs_only else names[self.rng.choice(len(names), p=[LAYOUT[n] for n in names])]
            variant = {**self.known[place], "code": place}
            if not movable(variant) and not pairs_only:
                name = name if name == "mirrored" else "plain"
            if name == "pair":
                variant = self.pool[one]
                variant = {**variant, "second": variant if self.rng.random() < TWICE else self.pool[other]}
            told.append({**variant, "layout": name})
            first.append(variant["code"])
            second.append(variant["second"]["code"] if "second" in variant else -1)
            layouts.append(names.index(name))
        return self.captions.ids(told), torch.tensor(first), torch.tensor(second), torch.tensor(layouts)


def fresh(device: str) -> torch.nn.ModuleDict:
    vocabulary, book = Vocabulary(), torch.load(CODEBOOK, map_location=device)
    prior = Prior(**book["sizes"])
    prior.load_state_dict(book["buffers"], strict=False)
    return torch.nn.ModuleDict({"text": TextEncoder(vocabulary.vectors, vocabulary.scales), "prior": prior}).to(device)


def load(device: str = "cpu") -> torch.nn.ModuleDict:
    model = fresh(device)
    model.load_state_dict(torch.load(PRIOR, map_location=device)["average"])
    return model.eval().requires_grad_(False)


def pooled(model, ids: torch.Tensor) -> torch.Tensor:
    """What the words amount to; in thirds by length, because most captions are short and padding costs time."""
    lengths = (ids != PADDING).sum(1)
    order = lengths.argsort()
    out = [model["prior"].read(model["text"](ids[part, :max(1, int(lengths[part].max()))])) for part in order.chunk(3)]
    return torch.cat(out)[order.argsort()]


def loss_of(model, ids, first, second, layouts):
    """Log-chances of what was meant; the second drawing counts only where there is one."""
    hidden = model["prior"].inner(pooled(model, ids))
    loss = F.nll_loss(model["prior"].matches(hidden, 0), first) + F.cross_entropy(model["prior"].layout(hidden), layouts)
    paired = second >= 0
    if paired.any():
        loss = loss + F.nll_loss(model["prior"].matches(hidden[paired], 1), second[paired]) * paired.float().mean()
    return loss


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--batch", type=int, default=256)
    options.add_argument("--rate", type=float, default=5e-4)
    options.add_argument("--device", default="cpu")
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    device, pace = options.device, Pace(options.threads)
    tasks = Tasks(Bank(), Captions())
    model, seen = fresh(device), 0
    if PRIOR.exists():
        stored = torch.load(PRIOR, map_location=device)
        model.load_state_dict(stored["average"])
        seen = stored["seen"]
    model["prior"].layouts.requires_grad_(False)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, options.rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = Average(model, 0.99)

    def save():
        save_atomically({"average": average.weights, "seen": seen}, PRIOR)

    start, step, mean, saved = time.time(), 0, 0.0, time.time()
    while (passed := (time.time() - start) / (60 * options.minutes)) < 1:
        fraction = min(1, (step + 1) / 50) * min(1, max(0.02, (1 - passed) / 0.6))
        with pace:
            ids, first, second, layouts = (x.to(device) for x in tasks.draw(options.batch))
            loss = loss_of(model, ids, first, second, layouts)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            for group in optimiser.param_groups:
                group["lr"] = options.rate * fraction
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            average.update(model)
        step, seen = step + 1, seen + options.batch
        keep = min(0.97, 1 - 1 / step)
        mean = keep * mean + (1 - keep) * loss.item()
        if step % 20 == 0:
            print(f"step {step} seconds {time.time() - start:.0f} seen {seen} loss {mean:.4f} "
                  f"threads {pace.threads}", flush=True)
        if time.time() - saved > 90:
            save()
            saved = time.time()
    save()
    print("done", flush=True)


if __name__ == "__main__":
    main()
