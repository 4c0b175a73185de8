"""How natural lines read to a larger model: perplexity, for each source of lines in a file.

    python training/perplexity.py JUDGE.gguf LINES.jsonl

LINES.jsonl comes from `python -m benchmarks voice --lines LINES.jsonl`: objects with `source` and `text`. Perplexity is
exp(mean negative log-likelihood a token) over all lines of a source, each line read by itself after a line break.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main(judge: Path, lines: Path) -> None:
    """Print the perplexity of every source, and its ratio to that of the lines written by hand."""
    tokenizer = AutoTokenizer.from_pretrained(str(judge.parent), gguf_file=judge.name)
    model = AutoModelForCausalLM.from_pretrained(str(judge.parent), gguf_file=judge.name, dtype=torch.bfloat16).eval()
    texts: dict[str, list[str]] = defaultdict(list)
    for row in lines.read_text(encoding="utf-8").splitlines():
        entry = json.loads(row)
        texts[entry["source"]].append(entry["text"])
    start = tokenizer("\n", add_special_tokens=False).input_ids
    found = {}
    for source, some in texts.items():
        loss, count = 0.0, 0
        for text in some:
            tokens = torch.tensor([start + tokenizer(text, add_special_tokens=False).input_ids])
            with torch.no_grad():
                scores = model(input_ids=tokens).logits[0, :-1].float()
            loss += float(torch.nn.functional.cross_entropy(scores, tokens[0, 1:], reduction="sum"))
            count += tokens.shape[1] - 1
        found[source] = math.exp(loss / count)
        print(f"{source:<24}{len(some):>6} lines{count:>8} tokens   perplexity {found[source]:.1f}", flush=True)
    for source, value in found.items():
        print(f"{source:<24}{value / found['hand']:.2f} of the hand-written lines'")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
