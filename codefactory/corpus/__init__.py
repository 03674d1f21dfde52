"""The corpus: a folder of Records with its funnel, the formats that others train on, and its card."""

from codefactory.registry import Registry

# Each row is a `rows.Format`: one way to write a Record as a row.
FORMATS = Registry(
    "format",
    {
        "sft": "codefactory.corpus.rows:SFT",
        "messages": "codefactory.corpus.rows:MESSAGES",
        "grpo": "codefactory.corpus.rows:GRPO",
        "problems": "codefactory.corpus.rows:PROBLEMS",
    },
)
