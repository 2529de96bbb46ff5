"""The quality bar in numbers and pictures: eval/sheet.png, eval/further.png, eval/seeds.png and eval/report.json.

- 24 fixed prompts with two seeds (sheet.png) and 48 further ones (further.png), to be judged by looking.
- Six prompts with six seeds each (seeds.png), a row a prompt, and how far apart the seeds of a prompt are: the mean root
  mean square difference of two of them at 64x64.
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
from latents import Bank, encode, unseen
from paths import AUTOENCODER, DENOISER, TRAINING
from prior import settle
from sample import BAR, Studio, sheet
from train_autoencoder import psnr
from train_denoiser import noisy

FURTHER = ["dog wearing a hat", "purple car", "blue apple", "elephant", "airplane", "strawberry", "yellow star", "moon", "penguin",
           "hamburger", "bicycle", "pink flower", "blue heart", "ice cream cone", "castle", "lion", "black cat", "sad face",
           "umbrella", "dinosaur", "fire truck", "mushroom", "cat with sunglasses", "red guitar"]
UNLISTED = ["a cat and a dog", "two apples", "small yellow fish", "a flat rocket", "a cartoon lion", "red mushroom",
            "a snowman", "green dinosaur", "a cupcake", "a lighthouse", "a monkey with sunglasses", "blue butterfly",
            "a hot air balloon", "a cup of tea next to a cookie", "pink pig on a green background", "a horse", "a wizard", "a train",
            "tiny frog", "a camera", "a red rose", "an old castle", "a sad cat", "a laptop"]
SIX = ["a dog", "a flower", "a red car", "a house", "a tree", "a cat"]
SIX_SEEDS = range(1, 7)
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


def apart_from_each_other(pictures: np.ndarray) -> float:
    """Mean distance between two of the pictures."""
    flat = small(pictures)
    return float(np.mean([np.sqrt(((a - b) ** 2).mean()) for i, a in enumerate(flat) for b in flat[:i]]))


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
    sheet(np.concatenate([studio.draw(FURTHER, SEEDS[0]), studio.draw(UNLISTED, SEEDS[0])])).save(folder / "further.png")
    by_seed = np.stack([studio.draw(SIX, seed) for seed in SIX_SEEDS], 1)
    sheet(by_seed.reshape(-1, *by_seed.shape[2:]), len(SIX_SEEDS)).save(folder / "seeds.png")
    inpaint(studio, drawings, records).save(folder / "inpaint.png")

    bank = Bank()
    alone = [v for v in bank.variants if "second" not in v]
    library = small(np.stack([np.round(picture(v, drawings) * 255).astype(np.uint8) for v in alone]))
    distances, places = nearest(small(np.concatenate(drawn)), library)
    plain = [i for i, v in enumerate(alone) if not v.get("painted") and not v.get("ground") and not v.get("layout")]
    apart, _ = nearest(library[plain], library[plain], skip_self=True)
    name = lambda v: " ".join(filter(None, [v.get("painted"), records[v["drawing"]]["label"], f'({records[v["drawing"]]["set"]})',
                                            v.get("ground") and f'on {v["ground"]}', v.get("layout")]))
    strange = drawings[[i for i, r in enumerate(records) if held_out(r)]]
    encoder, decoder = autoencoder.load(AUTOENCODER)
    report = {
        "samplesSeen": torch.load(DENOISER, map_location="cpu")["seen"],
        "autoencoderPsnrHeldOut": round(psnr(encoder, decoder, strange, "cpu"), 2),
        "denoisingLossHeldOut": round(denoising_loss(studio, drawings, records), 4),
        "nearestTrainingPicture": {"medianOfSheet": round(float(np.median(distances)), 4),
                                   "medianBetweenTrainingDrawings": round(float(np.median(apart)), 4)},
        "seedsApart": {**{p: round(apart_from_each_other(d), 4) for p, d in zip(SIX, by_seed)},
                       "sheet": round(float(np.mean([apart_from_each_other(np.stack(d)) for d in zip(*drawn)])), 4)},
        "sheet": [{"prompt": BAR[i % len(BAR)], "seed": SEEDS[i // len(BAR)], "nearest": name(alone[p]), "distance": round(float(d), 4)}
                  for i, (d, p) in enumerate(zip(distances, places))],
    }
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    print({k: v for k, v in report.items() if k != "sheet"})


if __name__ == "__main__":
    main()
