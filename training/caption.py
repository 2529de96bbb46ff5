"""What is said about a picture: names, tags, colour words, style words, size, ground and company."""
import json
import unicodedata
from functools import cache

import render
from paths import TRAINING

# Sets in the order of their codes, and the word that asks for each.
STYLES = {"3d": "3d", "flat": "flat", "noto": "cartoon", "noto-v1": "retro", "fxemoji": "minimal", "clipart": "clip art",
          "icon": "icon"}
SMALL, BIG = ("small", "tiny", "little"), ("big", "large", "huge")
# Said about a drawing without changing it: what people write around the thing they want.
BEFORE = ("picture of", "drawing of", "illustration of", "image of", "photo of", "draw", "draw me", "beautiful", "nice",
          "pretty", "simple", "funny", "lovely", "detailed", "colorful", "cute", "my", "one", "painting of", "sketch of")
AFTER = ("on a white background", "in the park", "in the garden", "at night", "on a table", "for kids", "please", "outside",
         "isolated", "in the sky", "with details", "high quality", "in the forest", "sitting", "standing", "emoji")
# Things that come in any colour: their repaints need not be told.
ANY_COLOUR = {"automobile", "sport utility vehicle", "tulip", "hibiscus", "blossom", "rose", "flower", "butterfly", "fish",
              "tropical fish", "bird", "balloon", "umbrella", "t-shirt", "dress", "handbag", "backpack", "bicycle", "guitar",
              "kite", "teapot", "house", "sailboat", "bus", "parrot", "cupcake", "lollipop", "wrapped gift", "closed book"}
UNTOLD_COLOUR = 0.35
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
def concepts() -> dict[str, dict[str, list[str]]]:
    """Names that people use, by label, in the parts 'bar', 'asked' and 'also' (see concepts.json)."""
    return {part: names for part, names in json.loads((TRAINING / "concepts.json").read_text()).items() if part != "why"}


def plain(text: str) -> str:
    text = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c)).replace("’", "'").replace("man: ", "man with ")


def caption_words() -> list[str]:
    """Every text from which the vocabulary must know the words."""
    texts = [t for e in render.kept_emoji() for t in [e["label"], *e["tags"]]]
    for part in concepts().values():
        texts += [t for label, names in part.items() for t in [label, *names]]
    return [plain(t) for t in texts]


def one_of(texts, rng) -> str:
    return texts[rng.integers(len(texts))]


def spoken(name: str, rng) -> str:
    """People write 'a fox', 'fox', 'the fox': all mean the same drawing."""
    chance = rng.random()
    if chance < 0.3:
        return ("an " if name[0] in "aeiou" else "a ") + name
    return "the " + name if chance < 0.34 else name


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


def thing(variant: dict, records: list[dict], known: dict[str, list[str]], rng) -> str:
    """One wording for a variant of a drawing (see latents.py), its ground and style aside."""
    record = records[variant["drawing"]]
    said = name(record, known, rng)
    painted = variant.get("painted")
    if painted and not (record["label"] in ANY_COLOUR and rng.random() < UNTOLD_COLOUR):
        said = f"{painted} {without_colour(said)}"
    elif painted:
        said = without_colour(said)
    elif variant.get("colour") and rng.random() < 0.3:
        said = f'{variant["colour"]} {without_colour(said)}'
    return said


def of(variant: dict, records: list[dict], known: dict[str, list[str]], rng) -> str:
    """One wording for one variant in its layout. What is not said there (its style, its place) is left open."""
    said, layout = thing(variant, records, known, rng), variant.get("layout")
    if layout == "small":
        said = f"{one_of(SMALL, rng)} {said}"
    elif layout in (None, "plain", "mirrored") and rng.random() < 0.05:
        said = f"{one_of(BIG, rng)} {said}"
    if layout == "pair" and variant["second"]["drawing"] == variant["drawing"] and rng.random() < 0.8:
        said = f"two {said}{one_of(('', 's'), rng)}"
    elif layout == "pair":
        said = spoken(said, rng)
        other = spoken(thing(variant["second"], records, known, rng), rng)
        said = f'{said} {one_of(("and", "and", "next to", "beside", "with"), rng)} {other}'
    else:
        said = spoken(said, rng)
    if rng.random() < 0.08:
        said = f"{one_of(BEFORE, rng)} {said}"
    if "worn" in variant:
        said = f'{said} {one_of(("wearing", "with"), rng)} {one_of(WORN[variant["worn"]], rng)}'
    if variant.get("ground"):
        said = f'{said} {one_of(("on a {} background", "{} background", "on {}"), rng)}'.format(variant["ground"])
    elif rng.random() < 0.08:
        said = f"{said} {one_of(AFTER, rng)}"
    style = STYLES[records[variant["drawing"]]["set"]]
    if rng.random() < 0.3:
        said = f"{style} {said}" if rng.random() < 0.5 else f"{said} {style}"
    return said
