"""The micro models' tokenizer: byte-level BPE that never merges digits or letters inside quotes.

A model this small computes values only if it sees them element by element, so digits and quoted letters are tokens of
their own; everything around them (a new line with its indent and first keyword, `]) == [`) may merge freely.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from scripts.micro import render
from scripts.micro.render import ASSISTANT, END, PAD, USER

VOCABULARY = 2048
SPECIAL = (PAD, END, USER, ASSISTANT)
HEADS = (
    render.PROBLEM, render.SOLUTION, render.TESTS_HEAD, render.CLOSE, render.TESTS_ALONE, render.SOLUTION_ALONE,
    render.ASK_JOINT, render.ASK_SOLVE, render.ASK_TESTS, render.ASK_TOPICS, render.ASK_DIFFICULTY,
)  # fmt: skip
# A letter, or a space between letters, is quoted when a closing quote comes next but for letters, digits and spaces.
QUOTED = r"[A-Za-z ](?=[A-Za-z0-9 !*\-]*'(?:[\]),:}.\n]| [=!<>+\-*]| (?:in|if|else|for|and|or|not)\b))"
PATTERN = "|".join((
    QUOTED,
    r"\n\n\n(?=def)|\n *(?:(?:assert|return|if|for|def|while|elif) |# )?",
    r"\d",
    r" ?_?[A-Za-z]+",
    r" ?[^\sA-Za-z0-9_]+(?: [^\sA-Za-z0-9_]+)*(?: (?=[\d'\[]))?",
    r" +",
))  # fmt: skip
CHAT_TEMPLATE = (
    "{% for m in messages %}{% if m['role'] == 'user' %}<|user|>{{ m['content'] }}"
    "{% elif m['role'] == 'assistant' %}<|assistant|>{{ m['content'] }}<|end|>{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """A tokenizer fitted to the texts, with the chat's special tokens and the section heads added."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])  # fmt: skip
    tokenizer.decoder = decoders.ByteLevel()
    size = VOCABULARY - len(SPECIAL) - len(HEADS)
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens([AddedToken(text, normalized=False, special=True) for text in SPECIAL])
    tokenizer.add_tokens([AddedToken(text, normalized=False, special=False) for text in HEADS])
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write it the way transformers reads it, chat template included."""
    from transformers import PreTrainedTokenizerFast

    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token=END, pad_token=PAD, model_max_length=512,
        clean_up_tokenization_spaces=False, padding_side="left",
    )  # fmt: skip
    wrapped.chat_template = CHAT_TEMPLATE
    wrapped.save_pretrained(folder)
    # One plain file that older releases read too: the template inside, the class by its long-standing name.
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text()) | {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "chat_template": CHAT_TEMPLATE,
    }
    config.pop("backend", None)
    path.write_text(json.dumps(config, indent=2) + "\n")
    (folder / "chat_template.jinja").unlink(missing_ok=True)
