"""A language model of random weights, in the file format of llama.cpp: python tests/wire/tiny.py FILE.

It says nothing sensible, and says it in the whole protocol: what is tested with it is the wire, not the words.
Its tokens are single bytes, so that any text can be read and written, and it never ends by itself: the
token that would end a text weighs nothing, and something else always weighs more.
"""

import sys
from pathlib import Path

import gguf
import numpy as np

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 4, 128, 16384
SPECIAL = ("<unk>", "<s>", "</s>")
TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant: "
)


def write(path: Path) -> None:
    """Llama's architecture (Touvron et al. 2023), as small as the server takes it."""
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    _add_vocabulary(writer)
    for name, shape in _shapes().items():
        rows = np.random.default_rng(len(name)).normal(0, 0.2, shape).astype(np.float32)
        if name == "output.weight":
            rows[SPECIAL.index("</s>")] = 0
        writer.add_tensor(name, np.ones(shape, np.float32) if "norm" in name else rows)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_vocabulary(writer: gguf.GGUFWriter) -> None:
    kinds = gguf.TokenType
    tokens = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256))]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)


def _shapes() -> dict[str, tuple[int, ...]]:
    vocabulary = len(SPECIAL) + 256
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (vocabulary, WIDTH),
        "output_norm.weight": (WIDTH,),
        "output.weight": (vocabulary, WIDTH),
    }
    for n in range(LAYERS):
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            shapes[f"blk.{n}.{part}.weight"] = (WIDTH, WIDTH)
        shapes |= {f"blk.{n}.{part}.weight": (WIDTH,) for part in ("attn_norm", "ffn_norm")}
        shapes |= {f"blk.{n}.{part}.weight": (INNER, WIDTH) for part in ("ffn_gate", "ffn_up")}
        shapes[f"blk.{n}.ffn_down.weight"] = (WIDTH, INNER)
    return shapes


if __name__ == "__main__":
    write(Path(sys.argv[1]))
