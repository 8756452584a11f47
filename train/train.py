# SPDX-License-Identifier: Apache-2.0
"""Learns the slot network from the windows of make_slots and writes its weights as int8.

Usage: train.py OUT MINUTES VALIDATION TRAINING...     from the beginning, or
       train.py OUT MINUTES VALIDATION TRAINING... --from WEIGHTS   going on from such a file
MINUTES are of the processor, so that other work on the machine changes nothing.
Needs Debian's python3-torch and python3-numpy; only this script does. See train/README.md."""
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

RECORD = np.dtype([("window", "i1", (1, 32, 28)), ("label", "u1"), ("class_weight", "u1"),
                   ("offset_weight", "u1"), ("line", "u1"), ("offset", "f4", 3)])
CLASSES = 38          # 0-9, A-Z, '<', none
TOP = 6.0             # activations live in 0..TOP as 0..255
INPUT = 40.0          # one standard deviation of the window
LAYERS = [("conv", 1, 16, 5, 2), ("conv", 16, 32, 3, 2), ("conv", 32, 32, 3, 1),
          ("full", 32 * 56, 96), ("full", 96, CLASSES + 3)]


class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.round(x)

    @staticmethod
    def backward(ctx, g):
        return g


def int8_weights(w):
    """Per output channel: integers in -127..127 and their scale."""
    scale = w.detach().abs().flatten(1).max(1)[0].clamp(min=1e-6) / 127
    return Round.apply(w / scale.view(-1, *[1] * (w.dim() - 1))), scale


class SlotNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.b = torch.nn.ParameterList(), torch.nn.ParameterList()
        for layer in LAYERS:
            if layer[0] == "conv":
                shape = (layer[2], layer[1], layer[3], layer[3])
            else:
                shape = (layer[2], layer[1])
            w = torch.empty(shape)
            torch.nn.init.kaiming_normal_(w, nonlinearity="relu")
            self.w.append(torch.nn.Parameter(w))
            self.b.append(torch.nn.Parameter(torch.zeros(shape[0])))
        with torch.no_grad():
            self.w[-1] *= 0.3

    def forward(self, x, quantised):
        for i, layer in enumerate(LAYERS):
            w = self.w[i]
            if quantised:
                q, scale = int8_weights(w)
                w = q * scale.view(-1, *[1] * (w.dim() - 1))
            if layer[0] == "conv":
                x = F.conv2d(x, w, self.b[i], stride=layer[4], padding=layer[3] // 2)
            else:
                x = F.linear(x.flatten(1), w, self.b[i])
            if i + 1 < len(LAYERS):
                x = x.clamp(0, TOP)
                if quantised:
                    x = Round.apply(x * (255 / TOP)) * (TOP / 255)
        return x


def loss_of(out, rows):
    class_loss = F.cross_entropy(out[:, :CLASSES], rows["label"], reduction="none")
    wanted = rows["offset_weight"][:, None]
    offset_loss = F.smooth_l1_loss(out[:, CLASSES:], rows["offset"], reduction="none", beta=0.05) * wanted
    return (class_loss * rows["class_weight"] / 2).mean() + 4 * offset_loss.mean()


def rows_of(data, index):
    part = data[index]
    return {"x": torch.from_numpy(part["window"].astype(np.float32) / INPUT),
            "label": torch.from_numpy(part["label"].astype(np.int64)),
            "class_weight": torch.from_numpy(part["class_weight"].astype(np.float32)),
            "offset_weight": torch.from_numpy(part["offset_weight"].astype(np.float32)),
            "offset": torch.from_numpy(np.ascontiguousarray(part["offset"]))}


def measure(net, data, quantised):
    net.eval()
    right = total = 0
    nll = 0.0
    off = []
    with torch.no_grad():
        for at in range(0, len(data), 2000):
            rows = rows_of(data, slice(at, at + 2000))
            out = net(rows["x"], quantised)
            sure = rows["class_weight"] == 2
            right += (out[:, :CLASSES].argmax(1) == rows["label"])[sure].sum().item()
            nll += F.cross_entropy(out[:, :CLASSES], rows["label"], reduction="none")[sure].sum().item()
            total += sure.sum().item()
            off.append((out[:, CLASSES:] - rows["offset"]).abs()[rows["offset_weight"] > 0])
    net.train()
    return right / total, nll / total, torch.cat(off).median(0)[0].tolist()


def write(net, path, figures):
    """magic, then per layer: int8 weights [out][in...], int32 bias, int32 multiplier; shifts are fixed below.

    An activation in 0..255 stands for act * TOP / 255. An accumulator times `multiplier` / 2^24 is the next activation;
    in the last layer it is the logit in 1/256 (classes) or the offset in 1/1024 pitches."""
    body = b""
    scale_in = 1 / INPUT
    for i in range(len(LAYERS)):
        q, scale = int8_weights(net.w[i])
        unit = scale.double().numpy() * scale_in
        bias = np.round(net.b[i].detach().double().numpy() / unit).astype("<i4")
        if i + 1 < len(LAYERS):
            multiplier = unit * (255 / TOP)
            scale_in = TOP / 255
        else:
            multiplier = unit * np.array([256.0] * CLASSES + [1024.0] * 3)
        body += q.detach().numpy().astype("i1").tobytes() + bias.tobytes()
        body += np.round(multiplier * 2 ** 24).astype("<i4").tobytes()
    header = ("careo slot network 1: see models/README.md; " + figures).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<8sI", b"CAREOMRZ", len(header)) + header + body)


def read(net, path):
    """The weights that write() wrote, as far as int8 kept them."""
    with open(path, "rb") as file:
        body = file.read()
    at = 12 + struct.unpack_from("<8sI", body)[1]

    def take(kind, count):
        nonlocal at
        out = np.frombuffer(body, kind, count, at)
        at += out.nbytes
        return torch.from_numpy(out.astype(np.float64))

    scale_in = 1 / INPUT
    with torch.no_grad():
        for i, w in enumerate(net.w):
            q, bias = take("i1", w.numel()).view(w.shape), take("<i4", len(w))
            multiplier = take("<i4", len(w)) / 2 ** 24
            last = torch.tensor([256.0] * CLASSES + [1024.0] * 3)
            unit = multiplier * TOP / 255 if i + 1 < len(LAYERS) else multiplier / last
            w.copy_(q * (unit / scale_in).view(-1, *[1] * (w.dim() - 1)))
            net.b[i].copy_(bias * unit)
            scale_in = TOP / 255


def main(out, minutes, validation, training, earlier=None):
    torch.set_num_threads(1)  # other work on the machine starves several threads that wait for each other
    torch.manual_seed(1)
    held = np.fromfile(validation, RECORD)
    data = np.concatenate([np.fromfile(path, RECORD) for path in training])
    net = SlotNet()
    if earlier:
        read(net, earlier)
        print("before: right, nll, offsets", measure(net, held, True), flush=True)
    top = 1e-3 if earlier else 2e-3
    chooser = np.random.default_rng(2 if earlier else 1)
    optimiser = torch.optim.Adam(net.parameters(), lr=top)
    start, budget, step, batch = time.process_time(), float(minutes) * 60, 0, 256
    order, at, next_report = chooser.permutation(len(data)), 0, 300
    while time.process_time() - start < budget:
        spent = (time.process_time() - start) / budget
        for group in optimiser.param_groups:
            group["lr"] = top * min(1, step / 300 + 0.05) * (0.5 + 0.5 * np.cos(np.pi * spent)) + 1e-5
        if at + batch > len(order):
            order, at = chooser.permutation(len(data)), 0
        rows = rows_of(data, np.sort(order[at:at + batch]))
        at += batch
        loss = loss_of(net(rows["x"], earlier is not None or spent > 0.5), rows)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        step += 1
        if time.process_time() - start > next_report:
            next_report += 300
            print(f"{time.process_time() - start:.0f} s step {step} loss {loss.item():.4f}", flush=True)
    right, nll, off = measure(net, held, True)
    figures = f"{step} steps of {batch}, {len(data)} windows; held-back windows right {right:.4f}, nll {nll:.4f}"
    write(net, out, figures)
    print(figures, off)


if __name__ == "__main__":
    words = sys.argv[1:]
    before = words.pop(words.index("--from") + 1) if "--from" in words else None
    main(words[0], words[1], words[2], [w for w in words[3:] if w != "--from"], before)
