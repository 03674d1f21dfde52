"""vLLM's own offline batch, for an interpreter that has vLLM: for every line on stdin, all prompts once.

    python -m benchmarks.servers.offline MODEL PROMPTS.json SEQUENCES

PROMPTS.json is a list of {"messages", "seed", "max_tokens", "temperature"}. Each round prints one line of JSON:
tokens written, wall seconds, and the text of the first answer.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> None:
    from vllm import LLM, SamplingParams

    model, prompts, sequences = sys.argv[1:]
    asked = json.loads(Path(prompts).read_text())
    engine = LLM(model, dtype="float32", max_model_len=512, max_num_seqs=int(sequences), enforce_eager=True)
    sampled = [
        SamplingParams(temperature=one["temperature"], max_tokens=one["max_tokens"], seed=one["seed"]) for one in asked
    ]
    messages = [one["messages"] for one in asked]
    print("READY", flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        outputs = engine.chat(messages, sampled, use_tqdm=False)
        found = {
            "tokens": sum(len(output.outputs[0].token_ids) for output in outputs),
            "wall_s": time.perf_counter() - started,
            "first": outputs[0].outputs[0].text,
        }
        print("ROUND" + json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
