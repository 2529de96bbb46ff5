"""Converts the small picture classifier (as the `nsfwjs` package ships it) from TF.js layers to ONNX.

The package holds a Keras MobileNetV2: a topology and one block of weights, both wrapped in JavaScript. The wrapper is
evaluated by `node` only to be written out as JSON. Weights stay 8-bit as in the source (w = q * scale + min), so the file
stays as small; the runtime unpacks them while it loads. The source files are pinned by SHA-256.
`classifier_golden.mjs` compares the result with the original.
"""
import base64
import hashlib
import json
import subprocess

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from fetch import folder
from paths import CLASSIFIER, UNPACKED

OPSET = 14
SOURCE = UNPACKED / folder("nsfwjs") / "dist" / "models" / "mobilenet_v2"
PINNED = {
    "model.min.js": "c32f104fd562b08cdff5ed69dfe1209643afa47e792fb12751d2949aa61a397a",
    "group1-shard1of1.min.js": "ef2e0a63f7d2c4960b37b024b669313f65d3c45cd59e9042636c55b39de53517",
}
CLASSES = ["drawing", "hentai", "neutral", "porn", "sexy"]
SIDE = 224
# Anything smaller (norms, biases) is stored as float32: unpacking nodes would cost more than they save.
SMALL = 4096


def wrapped(name: str):
    path = SOURCE / name
    if hashlib.sha256(path.read_bytes()).hexdigest() != PINNED[name]:
        raise ValueError(f"{name} is not the pinned file")
    code = "const m = require(process.argv[1]); process.stdout.write(JSON.stringify(m.default ?? m))"
    return json.loads(subprocess.run(["node", "-e", code, str(path)], check=True, capture_output=True).stdout)


class Weights:
    """The block of weights by name; counts what is taken, so that nothing is forgotten."""

    def __init__(self, specs: list[dict], data: bytes):
        self.specs, self.data, self.offsets, at = {s["name"]: s for s in specs}, data, {}, 0
        for spec in specs:
            self.offsets[spec["name"]] = at
            at += int(np.prod(spec["shape"]))
        if at != len(data):
            raise ValueError(f"expected {at} bytes of weights, found {len(data)}")
        self.left = set(self.specs)

    def packed(self, name: str) -> tuple[np.ndarray, float, float]:
        spec = self.specs[name]
        self.left.discard(name)
        values = np.frombuffer(self.data, np.uint8, int(np.prod(spec["shape"])), self.offsets[name]).reshape(spec["shape"])
        return values, spec["quantization"]["scale"], spec["quantization"]["min"]

    def plain(self, name: str) -> np.ndarray:
        values, scale, low = self.packed(name)
        return (values.astype(np.float64) * scale + low).astype(np.float32)


class Graph:
    def __init__(self, weights: Weights):
        self.weights, self.nodes, self.unpacking, self.initialisers = weights, [], [], []

    def constant(self, name: str, values: np.ndarray) -> str:
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def kernel(self, name: str, axes: tuple[int, ...]) -> str:
        """A kernel with its axes in ONNX's order, 8-bit where that is worth it."""
        values, scale, low = self.weights.packed(name)
        values = values.transpose(axes)
        if values.size < SMALL:
            return self.constant(name, self.weights.plain(name).transpose(axes))
        steps = [self.constant(f"{name}.q", values), f"{name}.f", f"{name}.s", name]
        self.unpacking += [
            helper.make_node("Cast", [steps[0]], [steps[1]], to=TensorProto.FLOAT),
            helper.make_node("Mul", [steps[1], self.constant(f"{name}.scale", np.float32(scale))], [steps[2]]),
            helper.make_node("Add", [steps[2], self.constant(f"{name}.min", np.float32(low))], [steps[3]]),
        ]
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes) -> None:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))

    def convolution(self, name: str, config: dict, source: str, is_depthwise: bool) -> None:
        kernel = self.kernel(f"{name}/depthwise_kernel", (2, 3, 0, 1)) if is_depthwise else self.kernel(f"{name}/kernel", (3, 2, 0, 1))
        if config["use_bias"] or config["activity_regularizer"] or config["activation"] != "linear":
            raise ValueError(f"{name} has more than a kernel")
        # Keras pads a strided layer itself (ZeroPadding2D), so "same" only stands before stride 1.
        if config["padding"] == "same" and config["strides"] != [1, 1]:
            raise ValueError(f"{name} pads a strided convolution")
        pad = (config["kernel_size"][0] - 1) // 2 if config["padding"] == "same" else 0
        groups = self.weights.specs[f"{name}/depthwise_kernel"]["shape"][2] if is_depthwise else 1
        self.add("Conv", [source, kernel], name, strides=config["strides"], pads=[pad] * 4, group=groups)

    def dense(self, name: str, config: dict, source: str) -> None:
        kernel, bias = self.kernel(f"{name}/kernel", (0, 1)), self.constant(f"{name}/bias", self.weights.plain(f"{name}/bias"))
        self.add("Gemm", [source, kernel, bias], f"{name}.sum")
        self.add({"relu": "Relu", "softmax": "Softmax"}[config["activation"]], [f"{name}.sum"], name)

    def layer(self, kind: str, name: str, config: dict, sources: list[str]) -> None:
        if kind == "ZeroPadding2D":
            (top, bottom), (left, right) = config["padding"]
            pads = self.constant(f"{name}.pads", np.array([0, 0, top, left, 0, 0, bottom, right], np.int64))
            self.add("Pad", [sources[0], pads], name)
        elif kind in ("Conv2D", "DepthwiseConv2D"):
            self.convolution(name, config, sources[0], kind == "DepthwiseConv2D")
        elif kind == "BatchNormalization":
            parts = [self.constant(f"{name}/{part}", self.weights.plain(f"{name}/{part}"))
                     for part in ("gamma", "beta", "moving_mean", "moving_variance")]
            self.add("BatchNormalization", [sources[0], *parts], name, epsilon=config["epsilon"])
        elif kind == "ReLU":
            limits = [self.constant(f"{name}.low", np.float32(0)), self.constant(f"{name}.high", np.float32(config["max_value"]))]
            self.add("Clip", [sources[0], *limits], name)
        elif kind == "Add":
            self.add("Add", sources, name)
        elif kind == "AveragePooling2D":
            self.add("AveragePool", sources, name, kernel_shape=config["pool_size"], strides=config["strides"])
        elif kind == "Flatten":
            # One position is left, so Keras' order (height, width, channel) and ONNX's are the same.
            self.add("Flatten", sources, name)
        elif kind == "Dense":
            self.dense(name, config, sources[0])
        elif kind == "Dropout":
            self.add("Identity", sources, name)
        else:
            raise ValueError(f"unknown layer {kind}")


def convert(topology: dict, weights: Weights) -> onnx.ModelProto:
    graph = Graph(weights)
    config = topology["model_config"]["config"]
    renamed = {}
    for layer in config["layers"]:
        if layer["class_name"] == "InputLayer":
            renamed[layer["name"]] = "input"
            continue
        sources = [renamed.get(node[0], node[0]) for node in layer["inbound_nodes"][0]]
        graph.layer(layer["class_name"], layer["name"], layer["config"], sources)
    if weights.left:
        raise ValueError(f"weights were not used: {sorted(weights.left)}")
    graph.add("Identity", [config["output_layers"][0][0]], "probabilities")
    model = helper.make_model(helper.make_graph(
        graph.unpacking + graph.nodes, "classifier",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 3, SIDE, SIDE])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["batch", len(CLASSES)])], graph.initialisers),
        opset_imports=[helper.make_opsetid("", OPSET)], producer_name="palimpsest")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def main() -> None:
    source = wrapped("model.min.js")
    data = base64.b64decode(wrapped("group1-shard1of1.min.js"))
    model = convert(source["modelTopology"], Weights(source["weightsManifest"][0]["weights"], data))
    CLASSIFIER.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(CLASSIFIER / "model.onnx"))
    about = {"id": CLASSIFIER.name, "classes": CLASSES, "side": SIDE,
             "input": "float32 [batch, 3, 224, 224], RGB in 0..1, stretched to a square", "output": "probabilities, in the order of classes",
             "licence": "MIT (nsfwjs, see NOTICE.md)", "source": "npm nsfwjs@4.3.0, dist/models/mobilenet_v2",
             "sourceSha256": PINNED["group1-shard1of1.min.js"],
             "sha256": hashlib.sha256((CLASSIFIER / "model.onnx").read_bytes()).hexdigest()}
    (CLASSIFIER / "classifier.json").write_text(json.dumps(about, indent=2) + "\n")
    print(f"{CLASSIFIER.name}: {(CLASSIFIER / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
