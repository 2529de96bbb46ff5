"""Rebuilds autoencoder, prior and denoiser checkpoints from the exported model folder, when the cache is gone.

Optimiser states are not shipped, so training starts again with fresh ones from the shipped average.
"""
import json

import onnx
import torch
from onnx import numpy_helper

from model import Denoiser
from optimiser import Optimiser
from paths import AUTOENCODER, DENOISER, MODEL, PRIOR, WORDS, save_atomically


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
    if not DENOISER.exists():
        net = Denoiser()
        net.load_state_dict(below("denoiser.", unet))
        save_atomically({"net": net.state_dict(), "average": net.state_dict(), "steps": 1000, "seen": facts["samplesSeen"],
                         "optimiser": Optimiser(net, 1e-3).state_dict()}, DENOISER)


if __name__ == "__main__":
    main()
