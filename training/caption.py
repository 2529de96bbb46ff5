"""What is said about a picture: names, tags, colour words, style words, ground and company."""
import json
import unicodedata
from functools import cache

import render
from paths import TRAINING

STYLES = {"3d": "3d", "flat": "flat", "noto": "cartoon"}
# Hue in degrees, saturation and value factors: how an object of one colour is repainted.
COLOURS = {"red": (357, 1.0), "orange": (27, 1.0), "yellow": (49, 1.0), "green": (125, 0.9), "blue": (212, 1.0),
           "purple": (275, 0.8), "pink": (332, 0.6), "brown": (22, 0.75), "black": None, "white": None, "grey": None}
GROUNDS = {"red": (235, 87, 87), "orange": (250, 165, 80), "yellow": (253, 224, 110), "green": (130, 205, 140),
           "blue": (120, 180, 245), "purple": (180, 150, 235), "pink": (250, 185, 210), "black": (25, 25, 30),
           "grey": (190, 190, 195)}
# What animals and faces are dressed with, and how it is said.
WORN = {"sunglasses": ["sunglasses", "cool sunglasses"], "top hat": ["a hat", "a top hat", "hat"], "crown": ["a crown", "crown"]}
FRAMES = ["a", "an", "the", "of", "with", "and", "next to", "on a background", "picture", "drawing", "icon", "emoji",
          "wearing", "cute", "small", "big", "one", "two", "in front", "illustration", "style", "gray"]


@cache
def concepts() -> tuple[dict, dict]:
    listed = json.loads((TRAINING / "concepts.json").read_text())
    return listed["bar"], listed["asked"]


def plain(text: str) -> str:
    text = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c)).replace("’", "'").replace("man: ", "man with ")


def caption_words() -> list[str]:
    """Every text from which the vocabulary must know the words."""
    texts = [t for e in render.kept_emoji() for t in [e["label"], *e["tags"]]]
    for part in concepts():
        texts += [t for label, names in part.items() for t in [label, *names]]
    return [plain(t) for t in texts]


def spoken(name: str, rng) -> str:
    """People write 'a fox', 'fox', 'the fox', 'cute fox', 'fox emoji': all mean the same drawing."""
    chance = rng.random()
    if chance < 0.2:
        return ("an " if name[0] in "aeiou" else "a ") + name
    if chance < 0.24:
        return "the " + name
    if chance < 0.30:
        return f"{('cute', 'picture of', 'drawing of', 'illustration of')[rng.integers(4)]} {name}"
    return name


def name(record: dict, known: dict[str, list[str]], rng) -> str:
    """The label half of the time, else a common name or two or three tags."""
    others = known.get(record["label"], [])
    chance = rng.random()
    if others and chance > 0.5:
        return plain(others[rng.integers(len(others))])
    if record["tags"] and 0.38 < chance <= 0.5:
        tags = rng.permutation(record["tags"])[:rng.integers(2, 4)]
        return plain(" ".join(tags))
    return plain(record["label"])


def without_colour(text: str) -> str:
    return " ".join(w for w in text.split() if w not in COLOURS) or text


def of(variant: dict, records: list[dict], known: dict[str, list[str]], rng) -> str:
    """One wording for one variant of a drawing (see latents.py for the variants)."""
    record = records[variant["drawing"]]
    said = name(record, known, rng)
    if variant.get("painted"):
        said = f'{variant["painted"]} {without_colour(said)}'
    elif variant.get("colour") and rng.random() < 0.3:
        said = f'{variant["colour"]} {without_colour(said)}'
    said = spoken(said, rng)
    if "worn" in variant:
        worn = WORN[variant["worn"]][rng.integers(len(WORN[variant["worn"]]))]
        said = f'{said} {("wearing", "with")[rng.integers(2)]} {worn}'
    if "company" in variant:
        other = spoken(name(records[variant["company"]], known, rng), rng)
        said = f'{said} {("and", "next to")[rng.integers(2)]} {other}'
    if variant.get("ground"):
        said = f'{said} {("on a {} background", "{} background", "on {}")[rng.integers(3)]}'.format(variant["ground"])
    style = STYLES[record["set"]]
    if rng.random() < (0.25 if record["set"] == "3d" else 0.75):
        said = f"{style} {said}" if rng.random() < 0.5 else f"{said} {style}"
    return said
