"""Writes the model folder in the layout that diffusers and optimum use, so that the engine reads it like any other.

Weights are stored as float16 behind Cast nodes and computed in float32: half the size on disk, full speed on a
processor. Initialisers keep the names of the torch parameters, so that training can start again from this folder alone
(see restore.py).
"""
import argparse
import json

import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

import autoencoder
import train_prior
from autoencoder import LATENT_CHANNELS
from latents import Bank
from denoiser import Denoiser
from paths import AUTOENCODER, DENOISER, MODEL, MODEL_ID, PRIOR, TRAINING
from prior import settle
from sample import GUIDANCE, SHIFT, STEPS, TEMPERATURE
from text import WIDTH
from words import LENGTH, Vocabulary

OPSET = 14
BIG = 256


class VelocityModel(nn.Module):
    """What the engine calls 'unet': latents, timestep in 0..1000 and words in, velocity out. The prior is inside."""

    def __init__(self, prior, denoiser, temperature: float):
        super().__init__()
        self.prior, self.denoiser, self.temperature = prior, denoiser, temperature

    def forward(self, sample, timestep, encoder_hidden_states):
        # The prior answers for a 16x16 latent; other sizes stretch its layout.
        means, deviations, chances = self.prior(encoder_hidden_states)
        guesses = means.shape[1]
        means = F.pixel_unshuffle(stretch(F.pixel_shuffle(means.flatten(0, 1), 2), sample.shape[2:]), 2)
        z = F.pixel_unshuffle(sample, 2)
        deviations = stretch(deviations.flatten(0, 1), z.shape[2:]) * self.temperature
        apart = lambda x: x.view(-1, guesses, *x.shape[1:])
        t = (timestep / 1000).expand(sample.shape[0])
        mean, deviation = settle(z, t, apart(means), apart(deviations), chances)
        velocity = self.denoiser(z, t, encoder_hidden_states, mean, deviation)
        return F.pixel_shuffle(velocity, 2)


def stretch(x, size):
    return F.interpolate(x, size=size, mode="bilinear", align_corners=False)


class LatentEncoder(nn.Module):
    """Mean and log-variance side by side, as other autoencoders answer; this one is certain."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, sample):
        mean = self.encoder(sample)
        return torch.cat([mean, torch.zeros_like(mean) - 30], 1)


def halve(model: onnx.ModelProto) -> onnx.ModelProto:
    """Stores every large float32 initialiser as float16 with a Cast in front of its users."""
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < BIG:
            continue
        name, values = tensor.name, numpy_helper.to_array(tensor).astype(np.float16)
        tensor.CopyFrom(numpy_helper.from_array(values, name + ".half"))
        casts.append(helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT, name=f"cast {name}"))
    for place, node in enumerate(casts):
        model.graph.node.insert(place, node)
    onnx.checker.check_model(model)
    return model


def write(module: nn.Module, inputs: dict, output: str, dynamic: dict, folder) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    torch.onnx.export(module.eval(), tuple(inputs.values()), str(path), input_names=list(inputs), output_names=[output],
                      dynamic_axes=dynamic, opset_version=OPSET, do_constant_folding=False)
    onnx.save(halve(onnx.load(str(path))), str(path))


def put(path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def preview_factors(decoder) -> tuple[list, list]:
    """The linear map from a latent to the mean colour of its 8x8 pixels that fits best: a preview without decoding."""
    latents, _ = Bank().draw(400)
    with torch.no_grad():
        colours = F.avg_pool2d(decoder(latents), 8).permute(0, 2, 3, 1).reshape(-1, 3)
    flat = latents.permute(0, 2, 3, 1).reshape(-1, LATENT_CHANNELS)
    solved = torch.linalg.lstsq(torch.cat([flat, torch.ones(len(flat), 1)], 1), colours).solution
    rounded = [[round(x, 4) for x in row] for row in solved.tolist()]
    return rounded[:-1], rounded[-1]


def tokenizer(vocabulary: Vocabulary) -> None:
    special = [{"id": i, "content": w, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, w in enumerate(vocabulary.words[:2])]
    content = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[^a-z0-9]+"}, "behavior": "Removed", "invert": False},
        "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": {w: i for i, w in enumerate(vocabulary.words)}, "unk_token": "[UNK]"},
    }
    folder = MODEL / "tokenizer"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
    put(folder / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": LENGTH,
                                           "pad_token": "[PAD]", "unk_token": "[UNK]", "padding_side": "right"})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--temperature", type=float, default=TEMPERATURE)
    options = options.parse_args()
    torch.set_num_threads(1)
    stored = torch.load(DENOISER, map_location="cpu")
    denoiser = Denoiser()
    denoiser.load_state_dict(stored["average"])
    parts, vocabulary = train_prior.load(), Vocabulary()
    encoder, decoder = autoencoder.load(AUTOENCODER)

    write(parts["text"], {"input_ids": torch.ones(2, LENGTH, dtype=torch.long)}, "last_hidden_state",
          {"input_ids": {0: "batch_size", 1: "sequence_length"}, "last_hidden_state": {0: "batch_size", 1: "sequence_length"}},
          MODEL / "text_encoder")
    size = {0: "batch_size", 2: "height", 3: "width"}
    write(VelocityModel(parts["prior"], denoiser, options.temperature),
          {"sample": torch.randn(2, LATENT_CHANNELS, 16, 24), "timestep": torch.tensor(500.0),
           "encoder_hidden_states": torch.randn(2, LENGTH, WIDTH)}, "out_sample",
          {"sample": size, "out_sample": size, "encoder_hidden_states": {0: "batch_size", 1: "sequence_length"}}, MODEL / "unet")
    write(LatentEncoder(encoder), {"sample": torch.randn(2, 3, 128, 128)}, "latent_parameters",
          {"sample": size, "latent_parameters": size}, MODEL / "vae_encoder")
    write(decoder, {"latent_sample": torch.randn(2, LATENT_CHANNELS, 16, 16)}, "sample",
          {"latent_sample": size, "sample": size}, MODEL / "vae_decoder")

    shared = {"in_channels": 3, "out_channels": 3, "latent_channels": LATENT_CHANNELS, "scaling_factor": 1.0,
              "shift_factor": 0.0, "sample_size": 128, "block_out_channels": [48, 48, 96, 96]}
    factors, bias = preview_factors(decoder)
    put(MODEL / "vae_encoder" / "config.json", {"_class_name": "AutoencoderKL", **shared})
    put(MODEL / "vae_decoder" / "config.json", {"_class_name": "AutoencoderKL", **shared, "latent_rgb_factors": factors,
                                                "latent_rgb_factors_bias": bias})
    put(MODEL / "unet" / "config.json", {"_class_name": "UNet2DConditionModel", "in_channels": LATENT_CHANNELS,
                                         "out_channels": LATENT_CHANNELS, "cross_attention_dim": WIDTH, "sample_size": 16})
    put(MODEL / "text_encoder" / "config.json", {"model_type": "word-vectors", "hidden_size": WIDTH,
                                                 "vocab_size": len(vocabulary.words), "max_position_embeddings": LENGTH})
    put(MODEL / "scheduler" / "scheduler_config.json", {"_class_name": "FlowMatchEulerDiscreteScheduler",
                                                        "num_train_timesteps": 1000, "shift": SHIFT, "use_dynamic_shifting": False})
    put(MODEL / "model_index.json", {
        "_class_name": "PalimpsestPipeline",
        "text_encoder": ["optimum", "OnnxModel"], "tokenizer": ["transformers", "PreTrainedTokenizerFast"],
        "unet": ["optimum", "OnnxModel"], "vae_encoder": ["optimum", "OnnxModel"], "vae_decoder": ["optimum", "OnnxModel"],
        "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"]})
    tokenizer(vocabulary)
    facts = json.loads((TRAINING / "facts.json").read_text())
    facts["defaults"] = {"steps": STEPS, "guidanceScale": GUIDANCE, "width": 128, "height": 128}
    facts["samplesSeen"] = stored["seen"]
    put(MODEL / "palimpsest.json", facts)
    report = json.loads((TRAINING / "eval" / "report.json").read_text())
    card = (TRAINING / "card.md").read_text()
    (MODEL / "README.md").write_text(card.format(samples=stored["seen"], priorSamples=torch.load(PRIOR)["seen"],
                                                 psnr=round(report["autoencoderPsnrHeldOut"], 1)))
    total = sum(f.stat().st_size for f in MODEL.rglob("*") if f.is_file())
    print(f"{MODEL_ID}: {total / 1e6:.1f} MB, denoiser after {stored['seen']} samples")


if __name__ == "__main__":
    main()
