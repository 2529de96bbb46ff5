"""Trains the denoiser by flow matching on the bank of latents. Resumes from its checkpoint whenever there is one.

The prior knows the training drawings too well, so its answer is spoilt in part of the samples (mixed with another
drawing's, or replaced by the answer to an empty prompt): the denoiser has to learn to read the words and the noisy latent
as well, which is what new prompts, img2img and inpainting need.
"""
import argparse
import time

import torch
import torch.nn.functional as F

import train_prior
from latents import Bank
from denoiser import Denoiser
from optimiser import Average, Optimiser
from pace import Pace
from paths import CACHE, DENOISER, save_atomically
from prior import settle, spread_of
from sample import BAR, Studio, sheet

FORGOTTEN_MEAN = 0.15
MIXED_MEAN = 0.3


def spoil(z, t, guesses, empty):
    """Settles on a guess, but forgets or mixes it in part of the samples and owns up to it in the deviation."""
    forgotten = torch.rand(len(z), device=z.device) < FORGOTTEN_MEAN
    guesses = [torch.where(forgotten.view(-1, *[1] * (g.ndim - 1)), e, g) for g, e in zip(guesses, empty)]
    mean, deviation = settle(z, t, *guesses)
    share = torch.rand(len(z), 1, 1, 1, device=z.device)
    share = share * 0.6 * (torch.rand_like(share) < MIXED_MEAN)
    mixed = mean.lerp(mean.roll(1, 0), share)
    return mixed, (deviation ** 2 + ((mixed - mean) ** 2).mean(1, keepdim=True)).sqrt()


def levels(count: int, device) -> torch.Tensor:
    """Noise levels: mostly in the middle, where shape is decided, some everywhere."""
    middle = torch.sigmoid(torch.randn(count, device=device) + 0.2)
    return torch.where(torch.rand(count, device=device) < 0.15, torch.rand(count, device=device), middle).clamp(0.002, 1)


def noisy(latents, t, noise):
    tt = t[:, None, None, None]
    return (1 - tt) * latents + tt * noise


def loss_of(velocity, target, t, deviation):
    """The velocity's error, measured in the scale of the net's own output: every place and noise level counts alike."""
    return ((velocity - target) ** 2 * spread_of(t[:, None, None, None], deviation) / deviation ** 2).mean()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=75)
    options.add_argument("--batch", type=int, default=64)
    options.add_argument("--rate", type=float, default=1.2e-3)
    options.add_argument("--device", default="cpu")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--run", default="first")
    options = options.parse_args()
    device, pace = options.device, Pace(options.threads)
    bank, captions = Bank(device), train_prior.Captions()
    frozen = train_prior.load(device)
    nothing = torch.zeros(1, 1, dtype=torch.long, device=device)

    net = Denoiser().to(device)
    optimiser, average, seen = Optimiser(net, options.rate), Average(net, 0.998), 0
    if DENOISER.exists():
        stored = torch.load(DENOISER, map_location=device)
        net.load_state_dict(stored["net"])
        optimiser.load_state_dict(stored["optimiser"])
        average.weights, average.steps, seen = stored["average"], stored["steps"], stored["seen"]
    folder = CACHE / "runs" / options.run
    folder.mkdir(parents=True, exist_ok=True)
    log = open(folder / "loss.csv", "a")
    print(f"{sum(p.numel() for p in net.parameters()):,} parameters, {seen} samples seen", flush=True)

    def save():
        save_atomically({"net": net.state_dict(), "average": average.weights, "steps": average.steps, "seen": seen,
                         "optimiser": optimiser.state_dict()}, DENOISER)

    def show():
        shown = Denoiser().to(device)
        shown.load_state_dict(average.weights)
        sheet(Studio(device, shown).draw(BAR, seed=0)).save(CACHE / "latest.png")

    start = saved = shown = time.time()
    step, running = 0, 0.0
    while (passed := (time.time() - start) / (60 * options.minutes)) < 1:
        fraction = min(1, (step + 1) / 100) * min(1, max(0.03, (1 - passed) / 0.5))
        with pace:
            latents, variants = bank.draw(options.batch)
            latents = F.pixel_unshuffle(latents, 2)
            ids = captions.ids(variants, empty=0.1).to(device)
            t, noise = levels(len(latents), device), torch.randn_like(latents)
            z = noisy(latents, t, noise)
            with torch.no_grad():
                words = frozen["text"](ids)
                mean, deviation = spoil(z, t, frozen["prior"](words), frozen["prior"](frozen["text"](nothing)))
            loss = loss_of(net(z, t, words, mean, deviation), noise - latents, t, deviation)
            loss.backward()
            optimiser.step(fraction)
            average.update(net)
        step, seen = step + 1, seen + options.batch
        keep = min(0.98, 1 - 1 / step)
        running = keep * running + (1 - keep) * loss.item()
        if step % 10 == 0:
            rate = step * options.batch / (time.time() - start)
            print(f"seen {seen} seconds {time.time() - start:.0f} loss {running:.4f} "
                  f"samples/s {rate:.1f} threads {pace.threads}", flush=True)
            log.write(f"{seen},{running:.4f}\n")
            log.flush()
        if time.time() - saved > 150:
            save()
            saved = time.time()
        if time.time() - shown > 600:
            show()
            shown = time.time()
    save()
    show()
    print("done", flush=True)


if __name__ == "__main__":
    main()
