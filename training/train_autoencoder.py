"""Trains the autoencoder for a given number of minutes, then freezes its latent space.

Trained on 64x64 crops chosen around the drawn pixels (plain ground teaches nothing) and, for the last part, on whole
pictures, so that borders are seen as they will be. Latents are normalised to unit variance at the end; after that
`--decoder-only` may go on improving the decoder without moving the latents under the denoiser.
"""
import argparse
import time

import numpy as np
import torch
import torch.nn.functional as F

import render
from autoencoder import Decoder, Encoder
from compose import held_out, over
from optimiser import Average, Optimiser
from pace import Pace
from paths import AUTOENCODER, save_atomically

WHOLE_PICTURES_FROM = 0.8


def edges(x):
    return x[..., 1:, :] - x[..., :-1, :], x[..., :, 1:] - x[..., :, :-1]


def loss_of(output, target):
    """L1 for clean flats, squares for large errors, edge differences for outlines, a coarse term for colour."""
    loss = F.l1_loss(output, target) + 2 * F.mse_loss(output, target)
    for a, b in zip(edges(output), edges(target)):
        loss = loss + 0.5 * F.l1_loss(a, b)
    return loss + F.l1_loss(F.avg_pool2d(output, 4), F.avg_pool2d(target, 4))


def batch_of(pictures, rng, size: int, crop: int):
    """RGB crops in [-1, 1], a quarter on a coloured ground, a fifth with their colours exchanged, half mirrored."""
    out = np.empty((size, crop, crop, 3), np.float32)
    for slot in range(size):
        rgba = pictures[rng.integers(len(pictures))]
        for _ in range(4):
            y, x = rng.integers(0, 129 - crop, 2)
            piece = rgba[y:y + crop, x:x + crop]
            if piece[::4, ::4, 3].mean() > 60:
                break
        rgb = over(piece, rng.random(3) if rng.random() < 0.25 else (1, 1, 1))
        if rng.random() < 0.2:
            rgb = rgb[..., rng.permutation(3)]
        out[slot] = rgb[:, ::-1] if rng.random() < 0.5 else rgb
    return torch.from_numpy(out).permute(0, 3, 1, 2) * 2 - 1


def whole(pictures, device):
    return (torch.from_numpy(over(pictures)).permute(0, 3, 1, 2) * 2 - 1).to(device)


@torch.no_grad()
def psnr(encoder, decoder, pictures, device) -> float:
    """Mean over pictures of the peak signal-to-noise ratio, on white."""
    values = []
    for start in range(0, len(pictures), 64):
        x = whole(pictures[start:start + 64], device)
        error = ((decoder(encoder(x)).clamp(-1, 1) - x) / 2).pow(2).mean((1, 2, 3))
        values.append(-10 * torch.log10(error))
    return torch.cat(values).mean().item()


@torch.no_grad()
def normalise(encoder, decoder, pictures, device) -> None:
    latents = torch.cat([encoder(whole(pictures[i:i + 64], device)) for i in range(0, len(pictures), 64)])
    for part in (encoder, decoder):
        part.mean.copy_(latents.mean((0, 2, 3), keepdim=True))
        part.deviation.copy_(latents.std((0, 2, 3), keepdim=True))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--batch", type=int, default=32)
    options.add_argument("--rate", type=float, default=2.5e-3)
    options.add_argument("--device", default="cpu")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--decoder-only", action="store_true")
    options = options.parse_args()
    pace = Pace(options.threads)
    device, rng = options.device, np.random.default_rng()

    drawings, records = render.load()
    kept = np.array([not held_out(r) for r in records])
    training, unseen = drawings[kept], drawings[~kept]
    print(f"{len(training)} drawings to train on, {len(unseen)} held out", flush=True)

    model = torch.nn.ModuleDict({"encoder": Encoder(), "decoder": Decoder()}).to(device)
    if options.decoder_only:
        state = torch.load(AUTOENCODER, map_location=device)
        for part in ("encoder", "decoder"):
            model[part].load_state_dict(state[part])
        model["encoder"].requires_grad_(False)
    trained = model["decoder"] if options.decoder_only else model
    optimiser, average = Optimiser(trained, options.rate), Average(trained, 0.995)

    def save():
        weights = average.weights if not options.decoder_only else {
            **model.state_dict(), **{f"decoder.{k}": v for k, v in average.weights.items()}}
        encoder, decoder = Encoder().to(device), Decoder().to(device)
        encoder.load_state_dict({k[8:]: v for k, v in weights.items() if k.startswith("encoder.")})
        decoder.load_state_dict({k[8:]: v for k, v in weights.items() if k.startswith("decoder.")})
        if not options.decoder_only:
            normalise(encoder, decoder, training[:1200], device)
        value = psnr(encoder, decoder, unseen, device)
        save_atomically({"encoder": encoder.state_dict(), "decoder": decoder.state_dict(), "psnr": value}, AUTOENCODER)
        return value

    start, step, mean, saved = time.time(), 0, 0.0, time.time()
    while (passed := (time.time() - start) / (60 * options.minutes)) < 1:
        crop, size = (64, options.batch) if passed < WHOLE_PICTURES_FROM else (128, options.batch // 4)
        with pace:
            x = batch_of(training, rng, size, crop).to(device)
            with torch.set_grad_enabled(not options.decoder_only):
                z = model["encoder"](x)
            # Noise teaches the decoder to forgive a denoiser's small errors; the bound keeps latents from outgrowing it.
            loss = loss_of(model["decoder"](z + 0.05 * torch.randn_like(z)), x) + 0.01 * (z.pow(2).mean() - 1).relu()
            loss.backward()
            optimiser.step(min(1, (step + 1) / 50) * min(1, max(0.01, (1 - passed) / 0.6)))
            average.update(trained)
        step += 1
        mean = loss.item() if step == 1 else 0.98 * mean + 0.02 * loss.item()
        if step % 50 == 0:
            print(f"step {step} seconds {time.time() - start:.0f} loss {mean:.4f} "
                  f"steps/s {step / (time.time() - start):.2f} threads {pace.threads}", flush=True)
        if time.time() - saved > 180:
            print(f"held-out PSNR {save():.2f} dB", flush=True)
            saved = time.time()
    print(f"done: held-out PSNR {save():.2f} dB", flush=True)


if __name__ == "__main__":
    main()
