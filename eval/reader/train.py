"""Pairs → the reader's weights: MiniLM's layers trained on as a cross-encoder of claim and evidence, by JAX.

``python eval/reader/train.py PAIRS BASE OUT``, in an environment of its own (requirements.txt): nothing else needs JAX.
BASE is the folder of MiniLM's weights; OUT gets the tensors, float32, by name. The words' vectors stay as they are.
Deterministic: a seed and a fixed order. 40 minutes on two cores.
"""

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LAYERS, HEADS, WIDTH = 6, 12, 384
BUCKETS = (48, 64, 80, 96, 128, 176)
TOKENS = 2048
"""Of a batch, filled up to its longest pair's bucket."""
RATE, WARM = 1e-4, 0.06
TARGETS = {"supported": (1, 0, 0), "contradicted": (0, 1, 0), "neither": (0, 0, 1), "unsupported": (0, 1, 1)}

Params = dict[str, Any]


def forward(params: Params, frozen: Params, ids: Any, types: Any, mask: Any) -> Any:
    """Logits of supported, contradicted and neither, shape (pairs, 3)."""
    x = frozen["embeddings.word_embeddings.weight"][ids]
    x = x + frozen["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = x + params["embeddings.token_type_embeddings.weight"][types]
    x = norm(x, params, "embeddings.LayerNorm")
    bias = (mask[:, None, None, :] - 1.0) * 1e9
    for layer in range(LAYERS):
        x = block(x, params, f"encoder.layer.{layer}", bias)
    pooled = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    h = jnp.tanh(
        jnp.concatenate([x[:, 0], pooled], 1) @ params["head.dense.weight"].T + params["head.dense.bias"]
    )
    return h @ params["head.out.weight"].T + params["head.out.bias"]


def linear(x: Any, p: Params, name: str) -> Any:
    return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]


def norm(x: Any, p: Params, name: str) -> Any:
    mean = x.mean(-1, keepdims=True)
    var = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(var + 1e-12) * p[f"{name}.weight"] + p[f"{name}.bias"]


def block(x: Any, p: Params, name: str, bias: Any) -> Any:
    n, length, _ = x.shape
    q, k, v = (
        linear(x, p, f"{name}.attention.self.{part}").reshape(n, length, HEADS, WIDTH // HEADS)
        for part in ("query", "key", "value")
    )
    scores = jnp.einsum("nqhd,nkhd->nhqk", q, k) / (WIDTH // HEADS) ** 0.5 + bias
    context = jnp.einsum("nhqk,nkhd->nqhd", jax.nn.softmax(scores, -1), v).reshape(n, length, WIDTH)
    x = norm(
        linear(context, p, f"{name}.attention.output.dense") + x, p, f"{name}.attention.output.LayerNorm"
    )
    wide = jax.nn.gelu(linear(x, p, f"{name}.intermediate.dense"), approximate=False)
    return norm(linear(wide, p, f"{name}.output.dense") + x, p, f"{name}.output.LayerNorm")


def loss(params: Params, frozen: Params, batch: tuple[Any, ...]) -> Any:
    ids, types, mask, targets, weights = batch
    shares = jax.nn.log_softmax(forward(params, frozen, ids, types, mask))
    told = jax.nn.logsumexp(jnp.where(targets > 0, shares, -1e9), axis=1)
    return -(told * weights).sum() / weights.sum()


@partial(jax.jit, donate_argnums=(0, 1))
def step(params: Params, state: Params, frozen: Params, batch: tuple[Any, ...], rate: Any, t: Any) -> Any:
    value, grads = jax.value_and_grad(loss)(params, frozen, batch)
    size = jnp.sqrt(sum((g**2).sum() for g in grads.values()))
    scale = jnp.minimum(1.0, 1.0 / (size + 1e-6))
    new, moments = {}, {}
    for name, grad in grads.items():
        g = grad * scale
        m = 0.9 * state[name][0] + 0.1 * g
        v = 0.98 * state[name][1] + 0.02 * g**2
        update = (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.98**t)) + 1e-8)
        new[name] = params[name] - rate * (update + (0.01 * params[name] if grad.ndim > 1 else 0.0))
        moments[name] = (m, v)
    return new, moments, value


def encoded(rows: list[dict[str, Any]], tokenizer: Tokenizer) -> list[tuple[list[int], list[int]]]:
    found = []
    for row in rows:
        claim = tokenizer.encode(row["claim"], add_special_tokens=False).ids[:80]
        said = tokenizer.encode(row["evidence"], add_special_tokens=False).ids[: BUCKETS[-1] - 3 - len(claim)]
        found.append(([101, *claim, 102, *said, 102], [0] * (len(claim) + 2) + [1] * (len(said) + 1)))
    return found


def batched(texts: list[Any], order: Any) -> list[tuple[int, list[int]]]:
    """(bucket, places) of pairs of a length, the batches in random order."""
    held: dict[int, list[int]] = {}
    done = []
    for i in order:
        bucket = next(b for b in BUCKETS if len(texts[i][0]) <= b)
        held.setdefault(bucket, []).append(int(i))
        if (len(held[bucket])) * bucket >= TOKENS - bucket:
            done.append((bucket, held.pop(bucket)))
    return done


def arrays(texts: list[Any], rows: list[dict[str, Any]], bucket: int, places: list[int]) -> tuple[Any, ...]:
    ids = np.zeros((len(places), bucket), np.int32)
    types, mask = np.zeros_like(ids), np.zeros(ids.shape, np.float32)
    for r, i in enumerate(places):
        n = len(texts[i][0])
        ids[r, :n], types[r, :n], mask[r, :n] = texts[i][0], texts[i][1], 1
    targets = np.array([TARGETS[rows[i]["label"]] for i in places], np.float32)
    return ids, types, mask, targets, np.array([rows[i].get("weight", 1.0) for i in places], np.float32)


def main() -> None:
    parse = argparse.ArgumentParser()
    parse.add_argument("pairs", type=Path)
    parse.add_argument("base", type=Path)
    parse.add_argument("out", type=Path)
    parse.add_argument("--epochs", type=float, default=1.0)
    parse.add_argument("--steps", type=int, default=0, help="end after so many, for a try")
    given = parse.parse_args()
    rows = [json.loads(line) for line in given.pairs.open(encoding="utf-8")]
    tokenizer = Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = encoded(rows, tokenizer)
    base = {
        k: v.astype(np.float32)
        for k, v in load_file(given.base / "model.safetensors").items()
        if v.dtype == np.float32
    }
    frozen = {
        k: jnp.asarray(v)
        for k, v in base.items()
        if k in ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")
    }
    random = np.random.default_rng(0)
    params = {k: jnp.asarray(v) for k, v in base.items() if k not in frozen and not k.startswith("pooler.")}
    params["head.dense.weight"] = jnp.asarray(random.normal(0, 0.02, (WIDTH, 2 * WIDTH)).astype(np.float32))
    params["head.dense.bias"] = jnp.zeros(WIDTH)
    params["head.out.weight"] = jnp.asarray(random.normal(0, 0.02, (3, WIDTH)).astype(np.float32))
    params["head.out.bias"] = jnp.zeros(3)
    state = {k: (jnp.zeros_like(v), jnp.zeros_like(v)) for k, v in params.items()}
    plan: list[tuple[int, list[int]]] = []
    whole = int(np.ceil(given.epochs))
    for _ in range(whole):
        plan += batched(texts, random.permutation(len(rows)))
    plan = plan[: int(len(plan) * given.epochs / whole)]
    if given.steps:
        plan = plan[: given.steps]
    began, losses, pairs = time.time(), [], 0
    for t, (bucket, places) in enumerate(plan, 1):
        done = t / len(plan)
        rate = RATE * min(1.0, done / WARM) * min(1.0, (1 - done) / (1 - WARM) + 0.02)
        params, state, value = step(
            params, state, frozen, arrays(texts, rows, bucket, places), rate, float(t)
        )
        losses.append(float(value))
        pairs += len(places)
        if t % 50 == 0 or t == len(plan):
            print(
                f"{t}/{len(plan)} {pairs / (time.time() - began):.1f} pairs/s loss {np.mean(losses[-100:]):.4f}",
                file=sys.stderr,
                flush=True,
            )
        if t % 1000 == 0 or t == len(plan):
            np.savez(given.out, **{k: np.asarray(v) for k, v in params.items()})


if __name__ == "__main__":
    main()
