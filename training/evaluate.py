"""The quality bar in numbers and pictures: eval/sheet.png, eval/further.png and eval/report.json.

- 24 fixed prompts with two seeds (sheet.png) and 24 further ones (further.png), to be judged by looking.
- Inpainting by blending (inpaint.png): above what is kept (the hole is grey), below what is drawn for the new words.
- Autoencoder PSNR and denoising loss on drawings that were held out of all training.
- For each sheet picture its nearest training picture, as a root mean square difference at 64x64 (0 is a copy, 1 is
  black against white), beside the same distance between training drawings: so we can say what is memorised.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import autoencoder
import render
from compose import held_out, over, picture
from model import settle
from latents import Bank, encode, unseen
from paths import AUTOENCODER, DENOISER, TRAINING
from sample import BAR, Studio, sheet
from train_autoencoder import psnr
from train_denoiser import noisy

FURTHER = ["dog wearing a hat", "purple car", "blue apple", "elephant", "airplane", "strawberry", "yellow star", "moon", "penguin",
           "hamburger", "bicycle", "pink flower", "blue heart", "ice cream cone", "castle", "lion", "black cat", "sad face",
           "umbrella", "dinosaur", "fire truck", "mushroom", "cat with sunglasses", "red guitar"]
# Drawing, hole as left, top, right, bottom in eighths, and the words to fill it with.
HOLES = [("grinning face", (0, 2, 8, 4), "smiling face with sunglasses"), ("red apple", (0, 2, 8, 8), "green apple"),
         ("red heart", (4, 0, 8, 8), "blue heart"), ("cat face", (0, 4, 8, 8), "dog face"),
         ("deciduous tree", (0, 5, 8, 8), "tree"), ("pizza", (3, 3, 8, 8), "pizza"),
         ("house with garden", (0, 0, 4, 8), "house with garden"), ("owl", (0, 0, 8, 4), "owl")]
SEEDS = (1, 2)
LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)


def small(pictures: np.ndarray) -> np.ndarray:
    """64x64, flat, float32 in 0..1."""
    return np.stack([np.asarray(Image.fromarray(p).resize((64, 64), Image.BOX), np.float32).ravel() / 255 for p in pictures])


def nearest(queries: np.ndarray, library: np.ndarray, skip_self: bool = False):
    """For each query the distance to, and the place of, its nearest neighbour in the library."""
    squares = (queries ** 2).sum(1)[:, None] + (library ** 2).sum(1)[None] - 2 * queries @ library.T
    distances = np.sqrt(np.maximum(squares, 0) / library.shape[1])
    if skip_self:
        np.fill_diagonal(distances, np.inf)
    return distances.min(1), distances.argmin(1)


@torch.no_grad()
def denoising_loss(studio: Studio, drawings, records) -> float:
    """Mean squared error of the velocity over fixed noise levels, on 3D drawings never trained on, captioned by their label."""
    encoder, _ = autoencoder.load(AUTOENCODER, studio.device)
    chosen = [i for i, r in enumerate(records) if unseen(r) and r["set"] == "3d"]
    latents = F.pixel_unshuffle(encode(encoder, [over(drawings[i]) for i in chosen], studio.device).float(), 2).to(studio.device)
    ids = torch.tensor([studio.vocabulary.encode(records[i]["label"]) for i in chosen]).to(studio.device)
    words = studio.text(ids)
    guesses, noise = studio.prior(words), torch.randn(latents.shape, generator=torch.Generator().manual_seed(0)).to(studio.device)
    losses = []
    for level in LEVELS:
        t = torch.full((len(latents),), level, device=studio.device)
        z = noisy(latents, t, noise)
        mean, deviation = settle(z, t, *guesses)
        losses.append(((studio.denoiser(z, t, words, mean, deviation) - (noise - latents)) ** 2).mean().item())
    return float(np.mean(losses))


@torch.no_grad()
def inpaint(studio: Studio, drawings, records) -> Image.Image:
    encoder, _ = autoencoder.load(AUTOENCODER, studio.device)
    place = {r["label"]: i for i, r in enumerate(records) if r["set"] == "3d"}
    known = encode(encoder, [over(drawings[place[label]]) for label, _, _ in HOLES], studio.device).float().to(studio.device)
    mask = torch.zeros_like(known)
    shown = np.stack([np.round(over(drawings[place[label]]) * 255).astype(np.uint8) for label, _, _ in HOLES])
    for i, (_, (left, top, right, bottom), _) in enumerate(HOLES):
        mask[i, :, 2 * top:2 * bottom, 2 * left:2 * right] = 1
        shown[i, 16 * top:16 * bottom, 16 * left:16 * right] = 128
    drawn = studio.pictures(studio.latents([words for _, _, words in HOLES], SEEDS[0], known=known, mask=mask))
    return sheet(np.concatenate([shown, drawn]))


def main() -> None:
    torch.set_num_threads(1)
    folder = TRAINING / "eval"
    folder.mkdir(exist_ok=True)
    drawings, records = render.load()
    studio = Studio()
    drawn = [studio.draw(BAR, seed) for seed in SEEDS]
    sheet(np.concatenate(drawn)).save(folder / "sheet.png")
    sheet(studio.draw(FURTHER, SEEDS[0])).save(folder / "further.png")

    inpaint(studio, drawings, records).save(folder / "inpaint.png")

    bank = Bank()
    library = small(np.stack([np.round(picture(v, drawings) * 255).astype(np.uint8) for v in bank.variants if "company" not in v]))
    told = [v for v in bank.variants if "company" not in v]
    distances, places = nearest(small(np.concatenate(drawn)), library)
    plain = [i for i, v in enumerate(told) if not v.get("painted") and not v.get("ground")]
    apart, _ = nearest(library[plain], library[plain], skip_self=True)
    name = lambda v: " ".join(filter(None, [v.get("painted"), records[v["drawing"]]["label"], f'({records[v["drawing"]]["set"]})',
                                            v.get("ground") and f'on {v["ground"]}']))
    strange = drawings[[i for i, r in enumerate(records) if held_out(r)]]
    encoder, decoder = autoencoder.load(AUTOENCODER)
    report = {
        "samplesSeen": torch.load(DENOISER, map_location="cpu")["seen"],
        "autoencoderPsnrHeldOut": round(psnr(encoder, decoder, strange, "cpu"), 2),
        "denoisingLossHeldOut": round(denoising_loss(studio, drawings, records), 4),
        "nearestTrainingPicture": {"medianOfSheet": round(float(np.median(distances)), 4),
                                   "medianBetweenTrainingDrawings": round(float(np.median(apart)), 4)},
        "sheet": [{"prompt": BAR[i % len(BAR)], "seed": SEEDS[i // len(BAR)], "nearest": name(told[p]), "distance": round(float(d), 4)}
                  for i, (d, p) in enumerate(zip(distances, places))],
    }
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    print({k: v for k, v in report.items() if k != "sheet"})


if __name__ == "__main__":
    main()
