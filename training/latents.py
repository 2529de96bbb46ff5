"""The bank of variants: every drawing as it is, repainted, mirrored, dressed, on coloured grounds and in company, encoded once.

Latents are small (4 KiB in float16), the encoder is not free: encoding the bank once leaves the whole training budget
to the denoiser. Each variant carries a weight: what people ask for is shown more often.
"""
import argparse

import numpy as np
import torch

import autoencoder
import render
from caption import COLOURS, GROUNDS, WORN, concepts
from compose import held_out, main_hue, picture
from paths import AUTOENCODER, LATENTS, save_atomically

# How often a sample shows a drawing of each kind, all drawings of the kind together.
SHARE = {"bar": 0.12, "asked": 0.55, "other": 0.16, "styles": 0.17}
# Within its kind: people in their many roles are alike and seldom asked for; asked-for things matter in every style.
PEOPLE, ASKED_IN_STYLE = 0.15, 6.0
# Parts of a popular drawing's share that go to its variants.
PAINTED, GROUNDED, MIRRORED = 0.22, 0.08, 0.2
# What comes on top: two drawings side by side, and faces that wear something.
COMPANY, DRESSED = 0.06, 0.05
GROUNDS_PER_DRAWING, PAIRS = 3, 1500
FACES = {"bear", "polar bear", "koala", "panda", "fox", "frog", "lion", "wolf", "raccoon", "hamster", "grinning cat",
         "robot", "alien", "skull", "ghost", "grinning face", "neutral face", "clown face", "baby", "boy", "girl", "man",
         "woman", "owl", "penguin"}


def kind(record: dict) -> str:
    bar, asked = concepts()
    if record["set"] != "3d":
        return "styles"
    return "bar" if record["label"] in bar else "asked" if record["label"] in asked else "other"


def popular(record: dict) -> bool:
    return kind(record) in ("bar", "asked")


def paintable(record: dict) -> bool:
    """Faces and people keep their colours; what has a colour in its name is repainted only if it is an apple."""
    words = set(record["label"].split())
    return (record["group"] in ("animals-nature", "food-drink", "travel-places", "activities", "objects")
            and (not words & set(COLOURS) or record["label"] == "red apple"))


def wearer(record: dict) -> bool:
    return record["label"] in FACES or record["group"] == "animals-nature" and record["label"].endswith(" face")


def unseen(record: dict) -> bool:
    """Never shown to prior or denoiser: held out, and not among the concepts people ask for."""
    return held_out(record) and not any(record["label"] in part for part in concepts())


def importance(record: dict) -> float:
    asked = any(record["label"] in part for part in concepts())
    role = record["subgroup"].startswith("person-") and record["label"] not in concepts()[1]
    return (ASKED_IN_STYLE if record["set"] != "3d" and asked else 1.0) * (PEOPLE if role else 1.0)


def variants_of(place: int, drawing: np.ndarray, record: dict, weight: float, rng) -> list[dict]:
    """A drawing as it is (last) and, if it is popular, its variants."""
    hue = main_hue(drawing)
    told = {"drawing": place, **({"colour": hue[1]} if hue else {})}
    out, spent = [], 0.0
    if popular(record):
        if hue and paintable(record):
            # A red apple painted green would be named like the green apple, which is another drawing.
            taken = {*record["label"].split(), hue[1], *(["green"] if record["label"] == "red apple" else [])}
            colours = [c for c in COLOURS if c not in taken]
            out += [{"drawing": place, "painted": c, "hue": hue[0], "weight": weight * PAINTED / len(colours)} for c in colours]
            spent += PAINTED
        grounds = [g for g in rng.permutation(list(GROUNDS)) if not hue or g != hue[1]][:GROUNDS_PER_DRAWING]
        out += [{**told, "ground": str(g), "weight": weight * GROUNDED / len(grounds)} for g in grounds]
        out.append({**told, "mirrored": True, "weight": weight * MIRRORED})
        spent += GROUNDED + MIRRORED
    return [*out, {**told, "weight": weight * (1 - spent)}]


def variants(drawings: np.ndarray, records: list[dict]) -> list[dict]:
    rng = np.random.default_rng(0)
    chosen = [i for i, r in enumerate(records) if not unseen(r)]
    total = {k: sum(importance(records[i]) for i in chosen if kind(records[i]) == k) for k in SHARE}
    out, plain = [], []
    for i in chosen:
        weight = SHARE[kind(records[i])] * importance(records[i]) / total[kind(records[i])]
        out += variants_of(i, drawings[i], records[i], weight, rng)
        if popular(records[i]):
            plain.append(out[-1])
    odds = np.array([v["weight"] for v in plain]) ** 0.5
    for _ in range(PAIRS):
        a, b = rng.choice(len(plain), 2, replace=False, p=odds / odds.sum())
        out.append({"drawing": plain[a]["drawing"], "company": plain[b]["drawing"], "weight": COMPANY / PAIRS})
    items = {r["label"]: i for i, r in enumerate(records) if r["set"] == "3d" and r["label"] in WORN}
    faces = [v["drawing"] for v in plain if wearer(records[v["drawing"]])]
    return out + [{"drawing": face, "worn": what, "item": item, "weight": DRESSED / (len(faces) * len(items))}
                  for face in faces for what, item in items.items()]


class Bank:
    """Encoded variants, drawn by weight."""

    def __init__(self, device="cpu"):
        stored = torch.load(LATENTS, map_location="cpu")
        self.latents, self.variants = stored["latents"], stored["variants"]
        self.weights = torch.tensor([v["weight"] for v in self.variants], dtype=torch.float64)
        self.device = device

    def draw(self, size: int):
        chosen = torch.multinomial(self.weights, size, replacement=True)
        return self.latents[chosen].float().to(self.device), [self.variants[i] for i in chosen.tolist()]


@torch.no_grad()
def encode(encoder, pictures: list[np.ndarray], device: str) -> torch.Tensor:
    x = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).to(device) * 2 - 1
    return encoder(x).half().cpu()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--device", default="cpu")
    options = options.parse_args()
    drawings, records = render.load()
    encoder, _ = autoencoder.load(AUTOENCODER, options.device)
    told = variants(drawings, records)
    latents = [encode(encoder, [picture(v, drawings) for v in told[i:i + 64]], options.device)
               for i in range(0, len(told), 64)]
    latents = torch.cat(latents)
    save_atomically({"latents": latents, "variants": told}, LATENTS)
    count = lambda key: sum(bool(v.get(key)) for v in told)
    print(f"{len(told)} variants: {count('painted')} repainted, {count('ground')} on a ground, {count('company')} in "
          f"company; latents mean {latents.float().mean():.3f}, deviation {latents.float().std():.3f}")


if __name__ == "__main__":
    main()
