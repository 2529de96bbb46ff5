"""Fits the prior's heads in closed form: linear discriminants from what the text encoder makes of captions.

A thing, a trait or a layout is known by the mean of its captions' vectors; what varies while the thing stays the same (the
colour word, the style, the company) is discounted by the shared covariance. Two minutes do what gradient steps need an
hour for on a busy processor; train_prior.py may go on from there.
"""
import argparse

import torch
import torch.nn.functional as F

import train_prior
from codebook import TRAITS
from latents import Bank
from layout import LAYOUTS
from paths import CODEBOOK, PRIOR, save_atomically
from prior import INNER, READ
from train_prior import Captions, Tasks

SHRINKS = (0.03, 0.3, 3.0)
# How much surer than honest the heads are of what the words say: rare readings are the ones that look wrong. How often
# something is shown (half of all drawings are 3D) stays as it is, so that what words leave open stays open.
SURE = 2.0
TEMPERS = (0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


class Discriminant:
    """Class sums, gathered batch by batch."""

    def __init__(self, classes: int, width: int):
        self.sums, self.counts = torch.zeros(classes, width), torch.zeros(classes)
        self.squares, self.seen = torch.zeros(width, width), 0

    def add(self, x: torch.Tensor, y: torch.Tensor) -> None:
        self.sums.index_add_(0, y, x)
        self.counts.index_add_(0, y, torch.ones(len(y)))
        self.squares += x.t() @ x
        self.seen += len(x)

    def solve(self, overall: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Weights [classes, width] and biases of the log-chances, shrunk and tempered so that they are honest about captions
        x of classes y that were not fitted. Classes seen seldom lean on the overall mean."""
        means = (self.sums + overall) / (self.counts + 1)[:, None]
        within = self.squares / self.seen - (means.t() * (self.counts / self.seen)) @ means
        chances = ((self.counts + 0.5) / self.seen).log()
        best = (float("inf"),)
        for shrink in SHRINKS:
            kept = within + shrink * within.diag().mean() * torch.eye(len(within))
            weights = torch.linalg.solve(kept, (means - overall).t()).t()
            biases = -0.5 * (weights * (means + overall)).sum(1)
            for scale in TEMPERS:
                loss = F.cross_entropy((x @ weights.t() + biases) * scale + chances, y).item()
                best = min(best, (loss, shrink, scale, weights, biases), key=lambda found: found[0])
        _, shrink, scale, weights, biases = best
        logits = (x @ weights.t() + biases) * scale + chances
        print(f"{len(biases)} classes: shrunk {shrink}, scale {scale}, loss {F.cross_entropy(logits, y):.3f}, right {(logits.argmax(1) == y).float().mean():.3f}")
        return weights * scale * SURE, biases * scale * SURE + chances


@torch.no_grad()
def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--captions", type=int, default=60_000)
    options = options.parse_args()
    model = train_prior.fresh("cpu")
    stored = torch.load(PRIOR)
    model.load_state_dict({k: v for k, v in stored["average"].items() if k.startswith(("text.", "prior.pool."))}, strict=False)
    prior, tasks = model.eval()["prior"], Tasks(Bank(), Captions())
    book = torch.load(CODEBOOK)
    groups = [[i for i, t in enumerate(TRAITS) if t.split()[0] == part] for part in ("colour", "ground", "worn")]
    groups.insert(0, list(range(groups[0][0])))
    heads = [Discriminant(book["sizes"]["things"], READ) for _ in range(2)]
    spoken = [groups, groups[:2]]
    traits = [[Discriminant(len(g), READ) for g in of] for of in spoken]
    layout = Discriminant(len(LAYOUTS), READ)
    total = torch.zeros(READ)

    def seen(task):
        ids, *meant = task
        return train_prior.pooled(model, ids), *meant

    for start in range(0, options.captions, 512):
        pairs = start // 512 % 3 == 2
        x, first, second, layouts = seen(tasks.draw(512, pairs))
        heads[1].add(x[second >= 0], prior.thing[second[second >= 0]])
        if pairs:
            continue
        total += x.sum(0)
        layout.add(x, layouts)
        heads[0].add(x, prior.thing[first])
        for which, places in enumerate((first, second)):
            there = places >= 0
            for group, head in zip(spoken[which], traits[which]):
                head.add(x[there], prior.traits[places[there]][:, group].argmax(1))
        if start // 512 % 20 == 0:
            print(start, flush=True)
    overall = total / layout.seen
    x, first, second, layouts = seen(tasks.draw(2048))
    paired = second >= 0
    solved = {"layout": layout.solve(overall, x, layouts), "things.0": heads[0].solve(overall, x, prior.thing[first]),
              "things.1": heads[1].solve(overall, x[paired], prior.thing[second[paired]])}
    for which, (rows, places) in enumerate(((slice(None), first), (paired, second[paired]))):
        each = [head.solve(overall, x[rows], prior.traits[places][:, group].argmax(1)) for group, head in zip(spoken[which], traits[which])]
        solved[f"said.{which}"] = torch.cat([w for w, _ in each]), torch.cat([b for _, b in each])
    # One narrow layer carries all heads: the directions of pooled words in which the log-chances differ most.
    spread = torch.linalg.cholesky(layout.squares / layout.seen + 1e-3 * torch.eye(READ))
    counts = {"things.0": heads[0].counts, "things.1": heads[1].counts}
    scaled = torch.cat([w * (counts[n].sqrt() / counts[n].sqrt().mean())[:, None] if n in counts else 3 * w for n, (w, _) in solved.items()])
    u, s, v = torch.linalg.svd(scaled @ spread, full_matrices=False)
    print(f"{(s[INNER:] ** 2).sum() / (s ** 2).sum():.4f} of the heads' variance left out")
    state = prior.state_dict()
    # In the whitened space v, weights w become (w @ spread) @ v^T, and the inner layer is v @ spread^-1.
    state["inner.weight"], state["inner.bias"] = v[:INNER] @ torch.linalg.inv(spread), torch.zeros(INNER)
    for name, (w, b) in solved.items():
        state[f"{name}.weight"], state[f"{name}.bias"] = (w @ spread) @ v[:INNER].t(), b
    prior.load_state_dict(state)
    print(f"loss {train_prior.loss_of(model, *tasks.draw(512)):.3f}")
    save_atomically({"average": model.state_dict(), "seen": stored["seen"] + options.captions}, PRIOR)


if __name__ == "__main__":
    main()
