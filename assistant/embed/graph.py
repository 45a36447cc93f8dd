"""Shapes of the weights → the ONNX graph of all-MiniLM-L6-v2, built here because the published graphs hold
their weights inside, and this one leaves them where they are; and of a reader of two texts, made of the same layers.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assistant.embed.eightbit import ZERO

NAME = "all-MiniLM-L6-v2"
WEIGHTS = "model.safetensors"
GRAPH_VERSION = 2
"""Part of the cached graph's name: raise it with every change to what ``build`` returns."""
WIDTH, LAYERS, HEADS = 384, 6, 12


class _Nodes:
    """An ONNX graph in the making: each method adds to it and returns the name of what it computes."""

    def __init__(self, shapes: Mapping[str, Sequence[int]]) -> None:
        import onnx

        self.onnx = onnx
        self.shapes = shapes
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}
        self._known: dict[str, tuple[str, str]] = {}

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        output = f"{operator}_{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(operator, inputs, [output], output, **attributes))
        return output

    def constant(self, value: Any) -> str:
        """``value`` as it is if numpy, else as int64, which ONNX wants for every shape, axis and index."""
        array = value if isinstance(value, np.generic) else np.asarray(value, np.int64)
        name = f"constant_{array.dtype}_{array.tolist()}"
        self.initializers[name] = self.onnx.numpy_helper.from_array(np.asarray(array), name)
        return name

    def weight(self, name: str, kind: str = "FLOAT") -> str:
        """A tensor that is not in the graph: onnxruntime is given its value with the session."""
        number = self.onnx.TensorProto.DataType.Value(kind)
        tensor = self.onnx.TensorProto(name=name, dims=self.shapes[name], data_type=number)
        tensor.data_location = self.onnx.TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=WEIGHTS)
        self.initializers[name] = tensor
        return name

    def linear(self, x: str, layer: str) -> str:
        """``x`` (rows, in) → (rows, out). Gemm, as it takes torch's (out, in) weight without a copy; a weight that
        has a scale is in 8 bits (eightbit.py)."""
        if f"{layer}.scale" in self.shapes:
            return self._linear_in_8_bits(x, layer)
        return self.add("Gemm", x, self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias"), transB=1)

    def _linear_in_8_bits(self, x: str, layer: str) -> str:
        numbers, scale = self._rounded(x)
        whole = self.add(
            "MatMulInteger", numbers, self.weight(f"{layer}.weight", "INT8"), self.constant(np.uint8(ZERO))
        )
        product = self.add("Mul", self.add("Cast", whole, to=self.onnx.TensorProto.FLOAT), scale)
        product = self.add("Mul", product, self.weight(f"{layer}.scale"))
        return self.add("Add", product, self.weight(f"{layer}.bias"))

    def _rounded(self, x: str) -> tuple[str, str]:
        """``x`` in 127ths of the greatest of its row, ZERO added, and these units, (rows, 1). By row, so that what
        a text becomes does not depend on those it is read with."""
        if x not in self._known:
            greatest = self.add("ReduceMax", self.add("Abs", x), self.constant([1]), keepdims=1)
            unit = self.add("Mul", greatest, self.constant(np.float32(1 / 127)))
            units = self.add("Reshape", unit, self.constant([-1]))
            zeros = self.add("Expand", self.constant(np.uint8(ZERO)), self.add("Shape", units))
            self._known[x] = self.add("QuantizeLinear", x, units, zeros, axis=0), unit
        return self._known[x]

    def norm(self, x: str, layer: str) -> str:
        weight, bias = self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")
        return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=1e-12)


def build(shapes: Mapping[str, Sequence[int]]) -> bytes:
    """BERT (Devlin et al. 2019) as sentence-transformers pools it (Reimers and Gurevych 2019), in opset 20.

    Inputs: ``ids`` int64 and ``mask`` float32 (1 token, 0 padding), both (texts, length). Outputs: the mean of
    the last layer over the mask, at length 1, (texts, 384); and that layer itself, (texts, length, 384).
    ``shapes`` are those of the weights.
    """
    g = _Nodes(shapes)
    x = _states(g, g.constant(0))
    # A sum serves for the mean: the length is set to 1 anyway.
    output = g.add("LpNormalization", _summed(g, x), axis=-1, p=2)
    return _model(g, ["ids"], {output: ["texts", WIDTH], x: ["texts", "length", WIDTH]})


def build_reader(shapes: Mapping[str, Sequence[int]]) -> bytes:
    """A cross-encoder: both texts in one, with a head on the first state and the mean of all. Inputs: ``ids``,
    ``segments`` int64 (0 first text, 1 second) and ``mask``, as ``build``'s. Output: logits, (pairs, outcomes)."""
    g = _Nodes(shapes)
    x = _states(g, "segments")
    first = g.add("Gather", x, g.constant(0), axis=1)
    mean = g.add("Div", _summed(g, x), g.add("ReduceSum", "mask", g.constant([1]), keepdims=1))
    hidden = g.add("Tanh", g.linear(g.add("Concat", first, mean, axis=-1), "head.dense"))
    output = g.linear(hidden, "head.out")
    return _model(g, ["ids", "segments"], {output: ["pairs", shapes["head.out.bias"][0]]})


def _states(g: _Nodes, segments: str) -> str:
    """The last layer, (texts, length, 384)."""
    texts_length = g.add("Shape", "ids")
    x = _embeddings(g, texts_length, segments)
    # 0 for a token, -1e9 for padding, added to attention scores: a padded position gets weight 0 exactly.
    padding = g.add("Mul", g.add("Sub", "mask", g.constant(np.float32(1))), g.constant(np.float32(1e9)))
    padding = g.add("Unsqueeze", padding, g.constant([1, 2]))
    heads = g.add("Concat", texts_length, g.constant([HEADS, WIDTH // HEADS]), axis=0)
    for layer in range(LAYERS):
        x = _layer(g, x, padding, heads, f"encoder.layer.{layer}")
    return g.add("Reshape", x, g.add("Concat", texts_length, g.constant([WIDTH]), axis=0))


def _summed(g: _Nodes, states: str) -> str:
    """The sum of the tokens' states, (texts, 384)."""
    tokens = g.add("Mul", states, g.add("Unsqueeze", "mask", g.constant([2])))
    return g.add("ReduceSum", tokens, g.constant([1]), keepdims=0)


def _model(g: _Nodes, integers: Sequence[str], outputs: Mapping[str, Sequence[str | int]]) -> bytes:
    info, kind = g.onnx.helper.make_tensor_value_info, g.onnx.TensorProto
    inputs = [info(name, kind.INT64, ["texts", "length"]) for name in integers]
    inputs.append(info("mask", kind.FLOAT, ["texts", "length"]))
    results = [info(name, kind.FLOAT, shape) for name, shape in outputs.items()]
    graph = g.onnx.helper.make_graph(g.nodes, NAME, inputs, results, list(g.initializers.values()))
    opset = g.onnx.helper.make_opsetid("", 20)
    model = g.onnx.helper.make_model(graph, opset_imports=[opset], ir_version=10)
    serialised: bytes = model.SerializeToString()
    return serialised


def _embeddings(g: _Nodes, texts_length: str, segments: str) -> str:
    """Word + position + segment, normalised: (texts · length, 384)."""
    word = g.add("Gather", g.weight("embeddings.word_embeddings.weight"), "ids")
    length = g.add("Slice", texts_length, g.constant([1]), g.constant([2]))
    positions = g.weight("embeddings.position_embeddings.weight")
    position = g.add("Slice", positions, g.constant([0]), length, g.constant([0]))
    segment = g.add("Gather", g.weight("embeddings.token_type_embeddings.weight"), segments)
    x = g.norm(g.add("Add", g.add("Add", word, segment), position), "embeddings.LayerNorm")
    return g.add("Reshape", x, g.constant([-1, WIDTH]))


def _layer(g: _Nodes, x: str, padding: str, heads: str, layer: str) -> str:
    """One transformer layer, (texts · length, 384) → the same; ``heads`` is [texts, length, heads, size]."""

    def by_head(projection: str, order: list[int]) -> str:
        y = g.linear(x, f"{layer}.attention.self.{projection}")
        return g.add("Transpose", g.add("Reshape", y, heads), perm=order)

    scores = g.add("MatMul", by_head("query", [0, 2, 1, 3]), by_head("key", [0, 2, 3, 1]))
    scale = g.constant(np.float32(1 / math.sqrt(WIDTH // HEADS)))
    attention = g.add("Softmax", g.add("Add", g.add("Mul", scores, scale), padding), axis=-1)
    context = g.add("MatMul", attention, by_head("value", [0, 2, 1, 3]))
    context = g.add("Reshape", g.add("Transpose", context, perm=[0, 2, 1, 3]), g.constant([-1, WIDTH]))
    context = g.linear(context, f"{layer}.attention.output.dense")
    x = g.norm(g.add("Add", context, x), f"{layer}.attention.output.LayerNorm")
    wide = g.add("Gelu", g.linear(x, f"{layer}.intermediate.dense"))
    return g.norm(g.add("Add", g.linear(wide, f"{layer}.output.dense"), x), f"{layer}.output.LayerNorm")
