"""Runs the two upscalers from their ncnn source files, layer by layer in plain numpy, and writes what they give.

It shares nothing with convert_upscalers.py and knows no ONNX: the numbers in tests/fixtures/golden/upscalers prove that
the shipped graphs still are the source networks. Layers as ncnn defines them (docs/how-to-use-and-FAQ and
src/layer/*.cpp there): weights in the order of the layers, each behind a flag word that tells float16 from float32.
"""
import json
import sys
from pathlib import Path

import numpy as np

FLOAT16_FLAG = 0x01306B47
NETWORKS = {"realesr-animevideov3": "realesr-animevideov3-x4", "realesrgan-x4plus-anime": "realesrgan-x4plus-anime"}
WIDTH, HEIGHT = 14, 11


def test_picture() -> np.ndarray:
    """Edges, slopes and single dots in three colours, [3, HEIGHT, WIDTH] in 0..1, of 8 bits."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    red = (x * 255 // (WIDTH - 1)).astype(np.uint8)
    green = np.where((x // 3 + y // 2) % 2 == 0, 220, 35).astype(np.uint8)
    blue = ((x * 37 + y * 91 + x * y * 13) % 256).astype(np.uint8)
    return np.stack([red, green, blue]).astype(np.float32) / np.float32(255)


def convolve(values: np.ndarray, weights: np.ndarray, bias: np.ndarray, pad: int) -> np.ndarray:
    """[C, H, W] by [O, C, k, k] in float64, so that the order of sums does not matter."""
    padded = np.pad(values.astype(np.float64), ((0, 0), (pad, pad), (pad, pad)))
    side = weights.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(1, 2))
    return (np.einsum("chwij,ocij->ohw", windows, weights.astype(np.float64), optimize=True) + bias[:, None, None]).astype(np.float32)


def run(folder: Path, name: str) -> np.ndarray:
    data = (folder / f"{name}.bin").read_bytes()
    position = 0

    def read(count: int, dtype: str) -> np.ndarray:
        nonlocal position
        values = np.frombuffer(data, dtype, count, position).astype(np.float32)
        size = count * np.dtype(dtype).itemsize
        position += size + (-size) % 4
        return values

    blobs: dict[str, np.ndarray] = {}
    for line in (folder / f"{name}.param").read_text().splitlines()[2:]:
        fields = line.split()
        kind, inputs, outputs = fields[0], int(fields[2]), int(fields[3])
        sources = [blobs[blob] for blob in fields[4:4 + inputs]]
        targets = fields[4 + inputs:4 + inputs + outputs]
        given = dict(field.split("=", 1) for field in fields[4 + inputs + outputs:])
        if kind == "Input":
            result = test_picture()
        elif kind == "Split":
            result = sources[0]
        elif kind == "Convolution":
            outs, side = int(given["0"]), int(given["1"])
            half = np.frombuffer(data, "<u4", 1, position)[0] == FLOAT16_FLAG
            position += 4
            weights = read(int(given["6"]), "<f2" if half else "<f4").reshape(outs, -1, side, side)
            result = convolve(sources[0], weights, read(outs, "<f4"), int(given["4"]))
            if given.get("9") == "2":
                slope = np.float32(given["-23310"].split(",")[1])
                result = np.where(result < 0, result * slope, result)
        elif kind == "PReLU":
            slopes = read(int(given["0"]), "<f4")[:, None, None]
            result = np.where(sources[0] < 0, sources[0] * slopes, sources[0])
        elif kind == "Concat":
            result = np.concatenate(sources)
        elif kind == "BinaryOp":
            result = sources[0] + sources[1]
        elif kind == "Eltwise":
            factors = [np.float32(factor) for factor in given["-23301"].split(",")[1:]]
            result = sum(source * factor for source, factor in zip(sources, factors))
        elif kind == "Interp":
            times = int(float(given["1"]))
            result = sources[0].repeat(times, axis=1).repeat(times, axis=2)
        elif kind == "PixelShuffle":
            times = int(given["0"])
            channels, height, width = sources[0].shape
            blocks = sources[0].reshape(channels // times**2, times, times, height, width)
            result = blocks.transpose(0, 3, 1, 4, 2).reshape(channels // times**2, height * times, width * times)
        else:
            raise ValueError(f"unknown layer {kind}")
        for target in targets:
            blobs[target] = result
    if position != len(data):
        raise ValueError(f"{len(data) - position} bytes of weights were not used")
    return np.clip(result, 0, 1)


def main() -> None:
    """Usage: reference_upscalers.py FOLDER-WITH-THE-NCNN-FILES TARGET-FOLDER"""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    (test_picture() * 255).round().astype(np.uint8).tofile(target / "input.u8")
    for identity, name in NETWORKS.items():
        run(source, name).astype("<f4").tofile(target / f"{identity}.f32")
    facts = {"input": "input.u8: [3, 11, 14], RGB of 8 bits in planes", "output": "<name>.f32: [3, 44, 56], little-endian float32 in 0..1", "width": WIDTH, "height": HEIGHT, "scale": 4,
             "madeBy": "training/reference_upscalers.py from the files that convert_upscalers.py pins by SHA-256", "tolerance": 0.0005}
    (target / "facts.json").write_text(json.dumps(facts, indent=2) + "\n")


if __name__ == "__main__":
    main()
