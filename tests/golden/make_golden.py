#!/usr/bin/env python3
"""Makes golden.json: logits, loss and gradients of small models, computed without Encore.

Needs Python 3 and numpy. Everything is written out row by row, without padding, masks over batches or caches, in double precision; gradients
are central differences. Weights come from a formula that the test repeats: 0.4 * sin(0.37 * i + sum of the name's character codes), plus 1 for
gains.  Run:  python3 tests/golden/make_golden.py
"""
import json
import pathlib

import numpy as np

V, START = 11, 1


class Weights:
    def __init__(self):
        self.values, self.nudged = {}, None

    def __call__(self, name, *shape):
        if name not in self.values:
            i = np.arange(int(np.prod(shape)), dtype=np.float64)
            w = 0.4 * np.sin(0.37 * i + sum(map(ord, name))) + (1.0 if name.endswith("gain") else 0.0)
            self.values[name] = w.reshape(shape)
        return self.values[name]


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def rms(x, gain):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-6) * gain


def rotate(x, positions):
    """x (T, heads, K): element i of a head turns with element i + K/2 by position * 10000^(-2i/K)."""
    half = x.shape[-1] // 2
    angle = positions[:, None, None] * 10000.0 ** (-np.arange(half) / half)
    lo, hi = x[..., :half], x[..., half:]
    return np.concatenate([lo * np.cos(angle) - hi * np.sin(angle), hi * np.cos(angle) + lo * np.sin(angle)], -1)


class Net:
    def __init__(self, c, w):
        self.c, self.w = c, w

    def linear(self, name, x, out):
        y = x @ self.w(name + ".weight", out, x.shape[-1]).T
        return y + self.w(name + ".bias", out) if self.c["biases"] else y

    def norm(self, name, x):
        return rms(x, self.w(name + ".gain", self.c["width"]))

    def mlp(self, name, x):
        hidden = max(1, round(self.c["width"] * self.c["expansion"]))
        if self.c["mlp"] == "swiglu":
            g = self.linear(name + ".gate", x, hidden)
            h = g / (1 + np.exp(-g)) * self.linear(name + ".up", x, hidden)
        else:
            u = self.linear(name + ".up", x, hidden)
            h = 0.5 * u * (1 + np.tanh(np.sqrt(2 / np.pi) * (u + 0.044715 * u ** 3)))
        return self.linear(name + ".down", h, self.c["width"])

    def attention(self, name, x, keys, visible, rotated, offset=0):
        """visible(t, s): whether query t may look at key s."""
        ks, vs = self.keys_and_values(name, keys, rotated)
        return self.attend(name, x, ks, vs, visible, rotated, offset)

    def keys_and_values(self, name, x, rotated):
        g, k = self.c["kvHeads"], self.c["headSize"]
        ks, vs = (self.linear(name + part, x, g * k).reshape(-1, g, k) for part in (".k", ".v"))
        return (rotate(ks, np.arange(len(ks))) if rotated else ks), vs

    def attend(self, name, x, ks, vs, visible, rotated, offset):
        h, g, k = self.c["heads"], self.c["kvHeads"], self.c["headSize"]
        q = self.linear(name + ".q", x, h * k).reshape(-1, h, k)
        if rotated:
            q = rotate(q, np.arange(len(q)) + offset)
        out = np.zeros_like(q)
        for head in range(h):
            group = head // (h // g)
            for t in range(len(q)):
                seen = [s for s in range(len(ks)) if visible(t, s)]
                weights = softmax(np.array([q[t, head] @ ks[s, group] for s in seen]) / np.sqrt(k))
                out[t, head] = sum(a * vs[s, group] for a, s in zip(weights, seen))
        return self.linear(name + ".o", out.reshape(len(q), h * k), self.c["width"])

    def head(self, x):
        table = self.w("embedding", V, self.c["width"]) if self.c["tied"] else self.w("head.weight", V, self.c["width"])
        return x @ table.T

    def logits(self, source, target):
        c, embedding = self.c, self.w("embedding", V, self.c["width"])
        if c["architecture"] == "decoder-only":
            n = len(source)
            x = embedding[np.concatenate([source, target])]
            visible = (lambda t, s: s <= t or s < n) if c["prefix"] == "bidirectional" else (lambda t, s: s <= t)
            for i in range(c["layers"]):
                p = f"decoder.{i}."
                a = self.norm(p + "n1", x)
                x = x + self.attention(p + "self", a, a, visible, True)
                x = x + self.mlp(p + "mlp", self.norm(p + "n2", x))
            return self.head(self.norm("decoder.norm", x)[n:])
        if c["architecture"] == "decoder-decoder":
            n, w = len(source), c["window"] or 1000
            x = embedding[np.concatenate([source, target])]
            for i in range(c["selfLayers"]):
                p = f"selfDecoder.{i}."
                a = self.norm(p + "n1", x)
                x = x + self.attention(p + "self", a, a, lambda t, s: t - w < s <= t, True)
                x = x + self.mlp(p + "mlp", self.norm(p + "n2", x))
            ks, vs = self.keys_and_values("shared", self.norm("selfDecoder.norm", x), True)
            for j in range(c["crossLayers"]):  # over the whole row, though only the target's positions are asked for
                p = f"crossDecoder.{j}."
                x = x + self.attend(p + "cross", self.norm(p + "n1", x), ks, vs, lambda t, s: s <= t, True, 0)
                x = x + self.mlp(p + "mlp", self.norm(p + "n2", x))
            return self.head(self.norm("crossDecoder.norm", x)[n:])
        x, states = embedding[source], [embedding[source]]
        for i in range(c["encoderLayers"]):
            p = f"encoder.{i}."
            a = self.norm(p + "n1", x)
            x = x + self.attention(p + "self", a, a, lambda t, s: True, True)
            x = x + self.mlp(p + "mlp", self.norm(p + "n2", x))
            states.append(x)
        normed = [self.norm("encoder.norm", s) for s in states]
        x = embedding[target]
        for j in range(c["decoderLayers"]):
            p = f"decoder.{j}."
            a = self.norm(p + "n1", x)
            x = x + self.attention(p + "self", a, a, lambda t, s: s <= t, True)
            memory = normed[-1]
            if c.get("bridge") == "weighted":
                share = softmax(self.w(p + "cross.mix", len(states)))
                memory = memory + self.w(p + "cross.gate", 1) * (sum(a * s for a, s in zip(share, normed)) - memory)
            elif c.get("bridge") == "gated":
                n = len(states) - 1
                memory = memory + self.w(p + "cross.gate", c["width"]) * normed[min(n - 1, (j + 1) * n // (c["decoderLayers"] + 1))]
            x = x + self.attention(p + "cross", self.norm(p + "n2", x), memory, lambda t, s: True, c["ropeInCross"], len(source))
            x = x + self.mlp(p + "mlp", self.norm(p + "n3", x))
        return self.head(self.norm("decoder.norm", x))


def loss(net, rows, smoothing):
    total, count = 0.0, 0
    for source, target, labels in rows:
        z = net.logits(source, target)
        logp = z - z.max(-1, keepdims=True) - np.log(np.exp(z - z.max(-1, keepdims=True)).sum(-1, keepdims=True))
        for t, label in enumerate(labels):
            total += -(1 - smoothing) * logp[t, label] - smoothing * logp[t].mean()
            count += 1
    return total / count


def case(name, **c):
    base = dict(width=8, heads=4, kvHeads=2, headSize=6, mlp="swiglu", expansion=2.0, biases=False, tied=True, ropeInCross=False)
    c = {**base, **c}
    rows = [(np.array([3, 5, 4, 7]), np.array([1, 6, 8]), np.array([6, 8, 2])), (np.array([9, 10]), np.array([1, 4, 3]), np.array([4, 3, 2])),
            (np.array([2, 8, 6]), np.array([1, 5]), np.array([5, 2]))]
    w = Weights()
    net = Net(c, w)
    logits = [net.logits(s, t) for s, t, _ in rows]
    value = loss(net, rows, 0.1)
    gradients, step = {}, 1e-5
    for parameter, array in sorted(w.values.items()):
        flat = array.reshape(-1)
        for i in sorted({0, len(flat) // 2, len(flat) - 1}):
            before = flat[i]
            flat[i] = before + step
            up = loss(net, rows, 0.1)
            flat[i] = before - step
            down = loss(net, rows, 0.1)
            flat[i] = before
            gradients[f"{parameter}[{i}]"] = (up - down) / (2 * step)
    return dict(name=name, config=c, shapes={n: list(a.shape) for n, a in sorted(w.values.items())},
                rows=[dict(source=s.tolist(), target=t.tolist(), labels=l.tolist()) for s, t, l in rows],
                logits=[z.tolist() for z in logits], loss=value, gradients=gradients)


cases = [
    case("causal", architecture="decoder-only", prefix="causal", layers=2),
    case("prefix", architecture="decoder-only", prefix="bidirectional", layers=2),
    case("encdec", architecture="encoder-decoder", encoderLayers=2, decoderLayers=1),
    case("plain", architecture="encoder-decoder", encoderLayers=1, decoderLayers=2, mlp="gelu", biases=True, tied=False, ropeInCross=True),
    case("weighted", architecture="residual-bridged", bridge="weighted", encoderLayers=2, decoderLayers=2),
    case("gated", architecture="residual-bridged", bridge="gated", encoderLayers=3, decoderLayers=2),
    case("shared cache", architecture="decoder-decoder", selfLayers=1, crossLayers=2, window=0),
    case("windowed", architecture="decoder-decoder", selfLayers=2, crossLayers=1, window=3, mlp="gelu", biases=True, tied=False),
]
path = pathlib.Path(__file__).parent.parent / "org.encore.oracle.tests/src/org/encore/oracle/tests/golden.json"
path.write_text(json.dumps(cases, indent=None, separators=(",", ":")).replace('},{"name"', '},\n{"name"') + "\n")
print(path.name, path.stat().st_size, "bytes", [round(c["loss"], 4) for c in cases])
