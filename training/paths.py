"""Where the pipeline keeps what must not be committed.

Raw packages, rendered drawings, latents and checkpoints are large and can be made again, so they live in a cache
folder outside the repository. PALIMPSEST_TRAINING_CACHE moves it (a GPU machine has another home than a laptop).
"""
import os
from pathlib import Path

TRAINING = Path(__file__).resolve().parent
RESOURCES = TRAINING.parent / "resources" / "models"
MODEL_ID = "palimpsest-draw"
MODEL = RESOURCES / MODEL_ID
CLASSIFIER = RESOURCES / "classifiers" / "nsfw-mobilenet-v2"

CACHE = Path(os.environ.get("PALIMPSEST_TRAINING_CACHE", Path.home() / ".cache" / "palimpsest-training"))
PACKAGES = CACHE / "packages"
UNPACKED = CACHE / "unpacked"
DRAWINGS = CACHE / "drawings.npz"
AUTOENCODER = CACHE / "autoencoder.pt"
WORDS = CACHE / "words.pt"
LATENTS = CACHE / "latents.pt"
CODEBOOK = CACHE / "codebook.pt"
PRIOR = CACHE / "prior.pt"
DENOISER = CACHE / "denoiser.pt"


def save_atomically(payload, path: Path) -> None:
    """A checkpoint is either the old one or the new one: a machine that stops mid-write must not cost the run."""
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(path.suffix + ".partial")
    torch.save(payload, partial)
    os.replace(partial, path)
