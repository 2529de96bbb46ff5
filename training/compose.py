"""From RGBA drawings to RGB pictures: other colours, things worn, grounds. Pictures are uint8 unless said."""
import hashlib

import numpy as np
from PIL import Image

from caption import COLOURS, GROUNDS
from layout import arranged


def held_out(record: dict) -> bool:
    """One concept in forty, in every set, is not shown to the autoencoder, so that held-out numbers mean what they say.

    The denoiser is spared those too, but for concepts that people ask for by name (see latents.py).
    """
    return int(hashlib.sha1(record["label"].encode()).hexdigest(), 16) % 40 == 0


def over(rgba: np.ndarray, background=(1.0, 1.0, 1.0)) -> np.ndarray:
    """Straight-alpha uint8 [..., 4] laid over a plain background, as float32 in [0, 1]."""
    colour, alpha = rgba[..., :3].astype(np.float32) / 255, rgba[..., 3:].astype(np.float32) / 255
    return colour * alpha + np.asarray(background, np.float32) * (1 - alpha)


def hsv(rgba: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(rgba[..., :3]).convert("HSV"), np.float32)


def main_hue(rgba: np.ndarray) -> tuple[float, str] | None:
    """The hue in degrees and the colour's name if the drawing has one colour, else None."""
    hue, saturation, value = np.moveaxis(hsv(rgba), -1, 0)
    opaque = rgba[..., 3] > 128
    coloured = opaque & (saturation > 70) & (value > 50)
    if coloured.sum() < 0.35 * opaque.sum():
        return None
    angle = np.exp(2j * np.pi * hue[coloured] / 255)
    weight = saturation[coloured]
    middle = np.angle((angle * weight).sum())
    away = np.abs(np.angle(angle * np.exp(-1j * middle)))
    if (weight * (away < np.pi / 6)).sum() < 0.7 * weight.sum():
        return None
    degrees = float(np.degrees(middle)) % 360
    bright = value[coloured].mean()
    named = {c: h[0] for c, h in COLOURS.items() if h and c not in ("brown", "pink")}
    nearest = min(named, key=lambda c: abs((degrees - named[c] + 180) % 360 - 180))
    if nearest in ("orange", "red", "yellow") and 8 < degrees < 45 and bright < 170:
        nearest = "brown"
    return degrees, nearest


def repaint(rgba: np.ndarray, degrees: float, colour: str) -> np.ndarray:
    """Turns the main colour into another and leaves the rest (a green leaf on an apple) as it is."""
    planes = hsv(rgba)
    hue, saturation, value = np.moveaxis(planes, -1, 0)
    away = (hue * 360 / 255 - degrees + 180) % 360 - 180
    share = np.clip((70 - np.abs(away)) / 20, 0, 1) * np.clip((saturation - 20) / 40, 0, 1)
    if COLOURS[colour] is None:
        grey = value.astype(np.float32)
        wanted = {"black": grey * 0.28, "white": 175 + grey * 0.28, "grey": 60 + grey * 0.45}[colour]
        target = np.repeat(np.clip(wanted, 0, 255)[..., None], 3, -1)
    else:
        wanted, strength = COLOURS[colour]
        lift = 1.25 if colour in ("yellow", "orange", "pink") else 0.62 if colour == "brown" else 1.0
        turned = np.stack([((wanted + 0.4 * away) % 360) * 255 / 360, np.clip(saturation * strength, 0, 255),
                           np.clip(value * lift, 0, 255)], -1).astype(np.uint8)
        target = np.asarray(Image.fromarray(turned, "HSV").convert("RGB"), np.float32)
    out = rgba.copy()
    out[..., :3] = np.round(rgba[..., :3] * (1 - share[..., None]) + target * share[..., None])
    return out


def dressed(face: np.ndarray, worn: np.ndarray, what: str) -> np.ndarray:
    """A face with sunglasses before its eyes, or made smaller under a hat or crown."""
    canvas = Image.new("RGBA", (128, 128))
    size, corner, width, place = ((128, (0, 0), 92, (18, 18)) if what == "sunglasses" else (100, (14, 28), 68, (30, -8)))
    canvas.alpha_composite(Image.fromarray(face).resize((size, size), Image.LANCZOS), corner)
    cap = Image.fromarray(worn).resize((width, width), Image.LANCZOS)
    canvas.alpha_composite(cap.crop((0, max(0, -place[1]), width, width)), (place[0], max(0, place[1])))
    return np.asarray(canvas)


def drawn(variant: dict, drawings: np.ndarray) -> np.ndarray:
    """The RGBA drawing of a variant (see latents.py) before it is set on its ground."""
    rgba = drawings[variant["drawing"]]
    if variant.get("painted"):
        rgba = repaint(rgba, variant["hue"], variant["painted"])
    if "worn" in variant:
        rgba = dressed(rgba, drawings[variant["item"]], variant["worn"])
    return rgba


def picture(variant: dict, drawings: np.ndarray) -> np.ndarray:
    """The float32 RGB picture of a variant."""
    rgba = drawn(variant, drawings)
    if "layout" in variant:
        second = variant.get("second")
        rgba = arranged([rgba, drawn(second, drawings)] if second else [rgba], variant["layout"])
    ground = variant.get("ground")
    return over(rgba, np.array(GROUNDS[ground]) / 255 if ground else (1, 1, 1))
