"""Renders every drawing that is kept to 128x128 RGBA and packs them into one file.

Straight (not premultiplied) alpha is kept so that training can lay any background under a drawing. The pack holds
each drawing as a PNG inside one .npz: it stays well below 64 MiB, which is what a borrowed GPU machine takes.
"""
import io
import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image

from fetch import folder
from paths import DRAWINGS, TRAINING, UNPACKED

SIZE = 128
ICONIFY = {
    "flat": "@iconify-json/fluent-emoji-flat",
    "noto": "@iconify-json/noto",
}


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


def iconify(kept: list[dict], style: str, package: str) -> list[tuple[dict, Image.Image]]:
    sheet = json.loads((UNPACKED / folder(package) / "icons.json").read_text())
    width = sheet.get("width", 16)
    height = sheet.get("height", width)

    def draw(emoji: dict):
        icon = sheet["icons"].get(slug(emoji["label"]))
        if icon is None:
            return None
        box = f'0 0 {icon.get("width", width)} {icon.get("height", height)}'
        svg = ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
               f'viewBox="{box}" width="{2 * SIZE}" height="{2 * SIZE}">{icon["body"]}</svg>')
        done = subprocess.run(["rsvg-convert", "-w", str(2 * SIZE), "-h", str(2 * SIZE)], input=svg.encode(),
                              capture_output=True, timeout=30)
        return ({**emoji, "set": style}, fit(Image.open(io.BytesIO(done.stdout)))) if done.stdout else None

    with ThreadPoolExecutor(2) as pool:
        return [drawn for drawn in pool.map(draw, kept) if drawn]


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
        drawn += iconify(kept, style, package)
    encoded = [png(image) for _, image in drawn]
    np.savez(DRAWINGS, pictures=np.frombuffer(b"".join(encoded), np.uint8), sizes=np.array([len(e) for e in encoded]),
             records=np.frombuffer(json.dumps([record for record, _ in drawn]).encode(), np.uint8))
    sets = [record["set"] for record, _ in drawn]
    print({name: sets.count(name) for name in sorted(set(sets))}, f"{DRAWINGS.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
