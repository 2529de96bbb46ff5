"""Rebuilds autoencoder, codebook, prior and denoiser checkpoints from the exported model folder, when the cache is gone.

Optimiser states are not shipped, so training starts again with fresh ones from the shipped average.
"""
import json

import onnx
import torch
from onnx import numpy_helper

from caption import STYLES
from denoiser import Denoiser
from optimiser import Optimiser
from paths import AUTOENCODER, CODEBOOK, DENOISER, MODEL, PRIOR, WORDS, save_atomically

BUFFERS = ("codes", "steps", "basis", "centre", "deviation", "vague", "thing", "traits", "movable")


def weights(part: str) -> dict[str, torch.Tensor]:
    """Initialisers by the name of their torch parameter."""
    graph = onnx.load(str(MODEL / part / "model.onnx")).graph
    arrays = {t.name.removesuffix(".half"): torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
    return {name: value.float() if value.is_floating_point() else value for name, value in arrays.items()}


def below(prefix: str, tensors: dict) -> dict:
    return {name[len(prefix):]: value for name, value in tensors.items() if name.startswith(prefix)}


def main() -> None:

    text, unet = weights("text_encoder"), weights("unet")
    vocabulary = json.loads((MODEL / "tokenizer" / "tokenizer.json").read_text())["model"]["vocab"]
    facts = json.loads((MODEL / "palimpsest.json").read_text())
    if not WORDS.exists():
        save_atomically({"words": list(vocabulary), "vectors": text["vectors"], "scales": text["scales"]}, WORDS)
    if not AUTOENCODER.exists():
        save_atomically({"encoder": below("encoder.", weights("vae_encoder")), "decoder": weights("vae_decoder")}, AUTOENCODER)
    if not PRIOR.exists():
        average = {f"text.{k}": v for k, v in text.items()} | {f"prior.{k}": v for k, v in below("prior.", unet).items()}
        save_atomically({"average": average, "seen": 0}, PRIOR)
    if not CODEBOOK.exists():
        prior = below("prior.", unet)
        codes, rank = prior["codes"].shape
        things, traits = len(prior["things.0.bias"]), prior["traits"].shape[1]
        begins = prior["traits"][:, :len(STYLES)].argmax(0).tolist()
        buffers = {name: value for name, value in prior.items() if name in BUFFERS or name.startswith("layouts.")}
        # Which variants of the bank have the codes is for codebook.py to say again before the prior is trained further.
        save_atomically({"places": [], "buffers": buffers, "sizes": {"codes": codes, "rank": rank, "things": things,
                                                                   "traits": traits, "begins": begins}}, CODEBOOK)
    if not DENOISER.exists():
        net = Denoiser()
        net.load_state_dict(below("denoiser.", unet))
        save_atomically({"net": net.state_dict(), "average": net.state_dict(), "steps": 1000, "seen": facts["samplesSeen"],
                         "optimiser": Optimiser(net, 1e-3).state_dict()}, DENOISER)


if __name__ == "__main__":
    main()
