"""The bank of variants: every drawing as it is, repainted, dressed and on coloured grounds, and some of them in other layouts,
encoded once.

Latents are small (4 KiB in float16), the encoder is not free: encoding the bank once leaves the whole training budget
to the denoiser. Each variant carries a weight: what people ask for is shown more often.
"""
import argparse
from collections import Counter

import numpy as np
import torch

import autoencoder
import render
from caption import COLOURS, GROUNDS, STYLES, WORN, concepts
from compose import held_out, main_hue, picture
from layout import LAYOUTS
from paths import AUTOENCODER, LATENTS, save_atomically

# How often a thing is shown: by whether people ask for it, less if it is one of the many roles of people, which are alike
# and kept in one style only.
ASKED = {"bar": 4.0, "asked": 1.0, "also": 0.4, "other": 0.15}
ROLE = 0.3
# How often each style is shown where a thing exists in all of them.
STYLE = {"3d": 0.42, "flat": 0.14, "noto": 0.14, "noto-v1": 0.1, "fxemoji": 0.1, "clipart": 0.1, "icon": 0.05}
# Parts of a popular drawing's share that go to its variants.
PAINTED, GROUNDED = 0.25, 0.08
# What comes on top: faces that wear something.
DRESSED = 0.03
# Outside 3D only these are repainted, and in fewer colours, because codes take room in the model.
REPAINTED_SETS = ("3d", "flat", "noto")
PLAIN_COLOURS = ("red", "yellow", "green", "blue", "purple", "pink")
# For the denoiser alone: how many variants are encoded in another layout, and which part of its samples they are.
ARRANGED, PAIRS, ARRANGED_SHARE = 3000, 1500, 0.4
FACES = {"bear", "polar bear", "koala", "panda", "fox", "frog", "lion", "wolf", "raccoon", "hamster", "grinning cat",
         "robot", "alien", "skull", "ghost", "grinning face", "neutral face", "clown face", "baby", "boy", "girl", "man",
         "woman", "owl", "penguin"}


def kind(record: dict) -> str:
    listed = next((part for part, names in concepts().items() if record["label"] in names), "other")
    return "asked" if record["group"] == "picked" else listed


def popular(record: dict) -> bool:
    return kind(record) in ("bar", "asked")


def paintable(record: dict) -> bool:
    """Faces and people keep their colours; what has a colour in its name is repainted only if it is an apple."""
    words = set(record["label"].split())
    return (record["group"] in ("animals-nature", "food-drink", "travel-places", "activities", "objects", "picked")
            and (not words & set(COLOURS) or record["label"] == "red apple"))


def wearer(record: dict) -> bool:
    return record["label"] in FACES or record["group"] == "animals-nature" and record["label"].endswith(" face")


def unseen(record: dict) -> bool:
    """Never shown to prior or denoiser: held out, and not among the concepts people ask for."""
    return held_out(record) and not popular(record)


def role(record: dict) -> bool:
    return record["subgroup"].startswith("person-") and not popular(record)


def importance(record: dict) -> float:
    return ASKED[kind(record)] * STYLE[record["set"]] * (ROLE if role(record) else 1.0)


def variants_of(place: int, drawing: np.ndarray, record: dict, weight: float) -> list[dict]:
    """A drawing as it is (last) and, if it is popular, its variants."""
    hue = main_hue(drawing)
    told = {"drawing": place, **({"colour": hue[1]} if hue else {})}
    out, spent = [], 0.0
    if popular(record):
        if hue and record["set"] in REPAINTED_SETS and paintable(record):
            # A red apple painted green would be named like the green apple, which is another drawing.
            taken = {*record["label"].split(), hue[1], *(["green"] if record["label"] == "red apple" else [])}
            colours = [c for c in (COLOURS if record["set"] == "3d" else PLAIN_COLOURS) if c not in taken]
            out += [{"drawing": place, "painted": c, "hue": hue[0], "weight": weight * PAINTED / len(colours)} for c in colours]
            spent += PAINTED
        if record["set"] == "3d":
            grounds = [g for g in GROUNDS if not hue or g != hue[1]]
            out += [{**told, "ground": g, "weight": weight * GROUNDED / len(grounds)} for g in grounds]
            spent += GROUNDED
    return [*out, {**told, "weight": weight * (1 - spent)}]


def codes(drawings: np.ndarray, records: list[dict]) -> list[dict]:
    """The variants that the prior knows by a code, in the order of the styles; their weights add up to 1."""
    chosen = sorted((i for i, r in enumerate(records) if not unseen(r) and (r["set"] == "3d" or not role(r))), key=lambda i: list(STYLES).index(records[i]["set"]))
    alike = Counter((records[i]["label"], records[i]["set"]) for i in chosen)
    weight = {i: importance(records[i]) / alike[records[i]["label"], records[i]["set"]] for i in chosen}
    total = sum(weight.values()) / (1 - DRESSED)
    items = {r["label"]: i for i, r in enumerate(records) if r["set"] == "3d" and r["label"] in WORN}
    faces = [i for i in chosen if records[i]["set"] == "3d" and wearer(records[i])]
    worn = [{"drawing": face, "worn": what, "item": item, "weight": DRESSED / (len(faces) * len(items))}
            for face in faces for what, item in items.items()]
    plain = [v for i in chosen for v in variants_of(i, drawings[i], records[i], weight[i] / total)]
    return sorted(plain + worn, key=lambda v: list(STYLES).index(records[v["drawing"]]["set"]))


def movable(variant: dict) -> bool:
    return "ground" not in variant and "worn" not in variant


def second_of(first: dict, pool: list[dict], odds: np.ndarray, records: list[dict], rng) -> dict:
    """Company for a variant, of its own style."""
    while True:
        second = pool[rng.choice(len(pool), p=odds)]
        if records[second["drawing"]]["set"] == records[first["drawing"]]["set"]:
            return second


def arrangements(known: list[dict], records: list[dict]) -> list[dict]:
    """Variants in other layouts, for the denoiser."""
    rng = np.random.default_rng(0)
    pool = [v for v in known if movable(v)]
    odds = np.array([v["weight"] for v in pool]) ** 0.5
    odds /= odds.sum()
    weight, out = ARRANGED_SHARE / (ARRANGED + PAIRS), []
    for count, names in ((ARRANGED, [n for n in LAYOUTS if n not in ("plain", "pair")]), (PAIRS, ["pair"])):
        for place in rng.choice(len(pool), count, p=odds):
            layout = names[rng.integers(len(names))]
            second = {"second": second_of(pool[place], pool, odds, records, rng)} if layout == "pair" else {}
            out.append({**pool[place], **second, "layout": layout, "weight": weight})
    return out


class Bank:
    """Encoded variants, drawn by weight."""

    def __init__(self, device="cpu"):
        stored = torch.load(LATENTS, map_location="cpu")
        self.latents, self.variants, self.codes = stored["latents"], stored["variants"], stored["codes"]
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
    told = codes(drawings, records)
    known = len(told)
    told = [{**v, "weight": v["weight"] * (1 - ARRANGED_SHARE)} for v in told] + arrangements(told, records)
    latents = [encode(encoder, [picture(v, drawings) for v in told[i:i + 64]], options.device)
               for i in range(0, len(told), 64)]
    latents = torch.cat(latents)
    save_atomically({"latents": latents, "variants": told, "codes": known}, LATENTS)
    count = lambda key: sum(bool(v.get(key)) for v in told)
    print(f"{known} codes: {count('painted')} repainted, {count('ground')} on a ground, {count('worn')} wearing something; "
          f"{len(told) - known} in other layouts; latents mean {latents.float().mean():.3f}, deviation {latents.float().std():.3f}")


if __name__ == "__main__":
    main()
