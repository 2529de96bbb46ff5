"""Renders every drawing that is kept to 128x128 RGBA and packs them into one file.

Straight (not premultiplied) alpha is kept so that training can lay any background under a drawing. The pack holds
each drawing as a PNG inside one .npz: it stays well below 64 MiB, which is what a borrowed GPU machine takes.
"""
import io
import json
import re
import subprocess
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from PIL import Image

from fetch import CLIPART, folder
from paths import DRAWINGS, TRAINING, UNPACKED

SIZE = 128
ICONIFY = {
    "flat": "@iconify-json/fluent-emoji-flat",
    "noto": "@iconify-json/noto",
    "noto-v1": "@iconify-json/noto-v1",
}
FXEMOJI, ICONS = "@iconify-json/fxemoji", "@iconify-json/flat-color-icons"


def slug(label: str) -> str:
    """An Iconify icon is named after the CLDR name, squeezed: 'smiling face with sunglasses' has hyphens for spaces."""
    plain = label.lower().replace("’", "").replace("ñ", "n").replace("é", "e").replace("å", "a").replace("ã", "a")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def kept_emoji() -> list[dict]:
    """The emoji that stay after dropped.json, each with label, tags, group and subgroup by name."""
    base = UNPACKED / folder("emojibase-data")
    names = json.loads((base / "meta" / "groups.json").read_text())
    rules = json.loads((TRAINING / "dropped.json").read_text())
    subgroups = {s for listed in rules["subgroups"].values() for s in listed}
    words = [w.lower() for listed in rules["words"].values() for w in listed]
    kept = []
    for emoji in json.loads((base / "en" / "data.json").read_text()):
        if "group" not in emoji:
            continue
        group, subgroup = names["groups"][str(emoji["group"])], names["subgroups"][str(emoji["subgroup"])]
        label = emoji["label"].lower()
        if group in rules["groups"] or subgroup in subgroups or any(w in label for w in words):
            continue
        kept.append({"hex": emoji["hexcode"].lower(), "label": label, "tags": emoji.get("tags", []), "group": group,
                     "subgroup": subgroup})
    return kept


def fit(image: Image.Image) -> Image.Image:
    return image.convert("RGBA").resize((SIZE, SIZE), Image.LANCZOS)


def fluent_3d(kept: list[dict]) -> list[tuple[dict, Image.Image]]:
    key = lambda name: name.replace("_", "-").replace("-fe0f", "")
    files = {key(f.stem): f for f in (UNPACKED / folder("@lobehub/fluent-emoji-3d") / "assets").glob("*.webp")}
    found = [(emoji, files.get(key(emoji["hex"]))) for emoji in kept]
    return [({**emoji, "set": "3d"}, fit(Image.open(path))) for emoji, path in found if path]


def rendered(svg: bytes) -> Image.Image | None:
    done = subprocess.run(["rsvg-convert", "-w", str(2 * SIZE), "-h", str(2 * SIZE), "--keep-aspect-ratio"], input=svg,
                          capture_output=True, timeout=30)
    return Image.open(io.BytesIO(done.stdout)).convert("RGBA") if done.stdout else None


def icon_sheet(package: str) -> dict:
    return json.loads((UNPACKED / folder(package) / "icons.json").read_text())


def iconify(named: list[tuple[dict, str]], style: str, package: str) -> list[tuple[dict, Image.Image]]:
    """The drawings of a set, for records and the names of their icons; names that the set lacks are passed over."""
    sheet = icon_sheet(package)
    width = sheet.get("width", 16)
    height = sheet.get("height", width)

    def draw(pair: tuple[dict, str]):
        record, name = pair
        icon = sheet["icons"].get(name)
        if icon is None:
            return None
        box = f'0 0 {icon.get("width", width)} {icon.get("height", height)}'
        image = rendered(('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                          f'viewBox="{box}" width="{2 * SIZE}" height="{2 * SIZE}">{icon["body"]}</svg>').encode())
        return ({**record, "set": style}, fit(image)) if image else None

    with ThreadPoolExecutor(2) as pool:
        return [drawn for drawn in pool.map(draw, named) if drawn]


def fxemoji_names(kept: list[dict]) -> list[tuple[dict, str]]:
    """FxEmoji squeezes its names ("ricecracker"): labels, shortcodes and Unicode names squeezed alike find their emoji."""
    icons = icon_sheet(FXEMOJI)["icons"]
    shortcodes = [json.loads((UNPACKED / folder("emojibase-data") / "en" / "shortcodes" / f"{who}.json").read_text())
                  for who in ("emojibase", "github", "iamcal")]
    named, taken = [], set()
    for emoji in kept:
        listed = [codes.get(emoji["hex"].upper(), []) for codes in shortcodes]
        texts = [emoji["label"], *(t for one in listed for t in ([one] if isinstance(one, str) else one)),
                 unicodedata.name(chr(int(emoji["hex"].split("-")[0], 16)), "")]
        found = next((name for name in (slug(t).replace("-", "") for t in texts) if name in icons and name not in taken), None)
        if found:
            taken.add(found)
            named.append((emoji, found))
    return named


def known_or_new(label: str, kept: list[dict]) -> dict:
    """The record of the emoji of that name, so that its tags and names hold for the drawing too, or a new one."""
    new = {"hex": "", "label": label, "tags": [], "group": "picked", "subgroup": "picked"}
    return next((emoji for emoji in kept if emoji["label"] == label), new)


def clipart(kept: list[dict]) -> list[tuple[dict, Image.Image]]:
    """The picked clip art, cut to what is drawn and set in a square."""
    def draw(pair: tuple[str, str]):
        path, label = pair
        image = rendered((CLIPART / path).read_bytes())
        image = image.crop(image.getbbox())
        side = round(max(image.size) * SIZE / (SIZE - 8))
        square = Image.new("RGBA", (side, side))
        square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
        return {**known_or_new(label, kept), "set": "clipart"}, fit(square)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(draw, picked()["clipart"].items()))


@cache
def picked() -> dict:
    return json.loads((TRAINING / "picked.json").read_text())


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def load() -> tuple[np.ndarray, list[dict]]:
    """The pack as uint8 [N, 128, 128, 4] and its records."""
    pack = np.load(DRAWINGS)
    ends = np.cumsum(pack["sizes"])
    blob = pack["pictures"].tobytes()
    pictures = [np.asarray(Image.open(io.BytesIO(blob[end - size:end]))) for end, size in zip(ends, pack["sizes"])]
    return np.stack(pictures), json.loads(pack["records"].tobytes())


def main() -> None:
    kept = kept_emoji()
    drawn = fluent_3d(kept)
    for style, package in ICONIFY.items():
        drawn += iconify([(emoji, slug(emoji["label"])) for emoji in kept], style, package)
    drawn += iconify(fxemoji_names(kept), "fxemoji", FXEMOJI)
    drawn += iconify([(known_or_new(label, kept), name) for name, label in picked()["icons"].items()], "icon", ICONS)
    drawn += clipart(kept)
    encoded = [png(image) for _, image in drawn]
    np.savez(DRAWINGS, pictures=np.frombuffer(b"".join(encoded), np.uint8), sizes=np.array([len(e) for e in encoded]),
             records=np.frombuffer(json.dumps([record for record, _ in drawn]).encode(), np.uint8))
    sets = [record["set"] for record, _ in drawn]
    print({name: sets.count(name) for name in sorted(set(sets))}, f"{DRAWINGS.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
