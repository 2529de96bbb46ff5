"""Fits what the prior knows without training: the codes of the drawings and how latents are moved about.

Everything here is in closed form and takes a minute: principal components of the bank's latents, weighted by how often a
drawing is asked for, codes in int8 with one step size a component, and the layouts' least-squares maps.
"""
import numpy as np
import torch
import torch.nn.functional as F

import autoencoder
import render
from caption import COLOURS, GROUNDS, STYLES, WORN
from compose import over
from latents import Bank, encode, movable
from layout import LAYOUTS, Layouts, arranged
from paths import AUTOENCODER, CODEBOOK, save_atomically

RANK = 752
# Codes are stored within this many standard deviations of their component.
RANGE = 4.0
# Rare drawings count for more in the components than they are asked for.
EVENED = 0.6
# What the components cannot say clearly (fine line work, many shades) gets no code: root mean square of the error allowed.
# The first style knows every thing and keeps all.
UNCLEAR = 0.33
FIT_ON, CHECK_ON = 2500, 300
LEAST_DEVIATION = 0.08


def components(latents: torch.Tensor, weights: torch.Tensor):
    """Weighted mean [2048] and principal directions [RANK, 2048] of latents [n, 2048]."""
    share = weights / weights.sum()
    centre = (latents * share[:, None]).sum(0)
    away = (latents - centre) * share.sqrt()[:, None]
    _, directions = torch.linalg.eigh(away.t() @ away)
    return centre, directions.flip(1)[:, :RANK].t().contiguous()


def traits_of(variant: dict, record: dict) -> list[str]:
    """What may be said of a variant beside the thing's name."""
    return [record["set"], "colour " + (variant.get("painted") or variant.get("colour") or "none"),
            "ground " + variant.get("ground", "none"), "worn " + variant.get("worn", "none")]


TRAITS = [*STYLES, *(f"{part} {name}" for part, names in (("colour", COLOURS), ("ground", GROUNDS), ("worn", WORN))
                     for name in [*names, "none"])]


def fit_layouts(drawings, encoder) -> Layouts:
    rng = np.random.default_rng(0)
    chosen = [drawings[i] for i in rng.permutation(len(drawings))[:FIT_ON]]
    encoded = lambda pictures: torch.cat([encode(encoder, [over(p) for p in pictures[i:i + 64]], "cpu")
                                          for i in range(0, len(pictures), 64)]).float()
    layouts, plain = Layouts(), encoded(chosen)
    layouts.white.copy_(encoded([np.zeros((128, 128, 4), np.uint8)])[0])
    for move, name in ((layouts.mirror, "mirrored"), (layouts.smaller, "left"), (layouts.smallest, "small")):
        across, _, [(row, column)] = LAYOUTS[name]
        moved = encoded([arranged([p], name) for p in chosen])[:, :, row:row + across, column:column + across]
        print(f"{name}: {move.fit(plain, moved):.3f} of the variance left")
    return layouts


def per_place(error: torch.Tensor) -> torch.Tensor:
    """Root mean square of errors [n, 8, 16, 16] in each folded place: [1, 8, 8]."""
    return F.pixel_unshuffle(error, 2).pow(2).mean((0, 1)).sqrt().clamp(LEAST_DEVIATION)[None]


@torch.no_grad()
def main() -> None:
    drawings, records = render.load()
    encoder, _ = autoencoder.load(AUTOENCODER)
    bank = Bank()
    latents = bank.latents[:bank.codes].float()
    weights = torch.tensor([v["weight"] for v in bank.variants[:bank.codes]])
    centre, basis = components(latents.flatten(1), weights ** EVENED)
    exact = (latents.flatten(1) - centre) @ basis.t()
    error = (exact @ basis + centre - latents.flatten(1)).pow(2).mean(1).sqrt()
    for style in STYLES:
        of_style = torch.tensor([records[v["drawing"]]["set"] == style for v in bank.variants[:bank.codes]])
        print(f"{style}: error {error[of_style].median():.3f}, {(error[of_style] > UNCLEAR).sum()} of {of_style.sum()} unclear")
    first = next(iter(STYLES))
    clear = [i for i, e in enumerate(error.tolist()) if e <= UNCLEAR or records[bank.variants[i]["drawing"]]["set"] == first]
    known, latents, exact = [bank.variants[i] for i in clear], latents[clear], exact[clear]
    steps = exact.std(0) * RANGE / 127
    codes = (exact / steps).round().clamp(-127, 127).to(torch.int8)
    labels = sorted({records[v["drawing"]]["label"] for v in known})
    number = {label: i for i, label in enumerate(labels)}
    traits = torch.zeros(len(known), len(TRAITS), dtype=torch.int8)
    for i, v in enumerate(known):
        traits[i, [TRAITS.index(t) for t in traits_of(v, records[v["drawing"]])]] = 1
    sets = [records[v["drawing"]]["set"] for v in known]
    layouts = fit_layouts(drawings, encoder)

    guessed = lambda chosen: ((codes[chosen].float() * steps) @ basis + centre).view(-1, *latents.shape[1:])
    print(f"codes: {((guessed(slice(None)) - latents) ** 2).mean() / latents.var():.4f} of the variance left")
    as_is = lambda v: not v.get("painted") and movable(v)
    place = {v["drawing"]: i for i, v in enumerate(known) if as_is(v)}
    deviations = []
    for number_of, name in enumerate(LAYOUTS):
        posed = [i for i, v in enumerate(bank.variants) if v.get("layout", "plain") == name and v["drawing"] in place
                 and v.get("second", v)["drawing"] in place and as_is(v) and as_is(v.get("second", v))][:CHECK_ON]
        first = [place[bank.variants[i]["drawing"]] for i in posed]
        second = [place[bank.variants[i].get("second", bank.variants[i])["drawing"]] for i in posed]
        deviations.append(per_place(layouts(guessed(first), guessed(second))[number_of] - bank.latents[posed].float()))
        print(f"{name}: deviation {deviations[-1].mean():.3f}")
    save_atomically({
        "places": clear,
        "sizes": {"codes": len(codes), "rank": RANK, "things": len(labels), "traits": len(TRAITS),
                  "begins": [sets.index(s) for s in STYLES]},
        "buffers": {"codes": codes, "steps": steps, "basis": basis, "centre": centre, "deviation": torch.stack(deviations),
                    "vague": per_place(latents - centre.view(latents.shape[1:])),
                    "thing": torch.tensor([number[records[v["drawing"]]["label"]] for v in known]), "traits": traits,
                    "movable": torch.tensor([float(movable(v)) for v in known]),
                    **{f"layouts.{k}": v for k, v in layouts.state_dict().items()}}}, CODEBOOK)
    print(f"{len(codes)} codes of {RANK} numbers, {len(labels)} things")


if __name__ == "__main__":
    main()
