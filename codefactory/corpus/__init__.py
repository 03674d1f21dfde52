"""The corpus: a folder of Records with its funnel, the formats that others train on, and its card."""

from codefactory.registry import Registry

# Each row is a `rows.Format`: one way to write Records, and the answers that their tests refuse, as rows.
FORMATS = Registry(
    "format",
    {
        "sft": "codefactory.corpus.rows:SFT",
        "messages": "codefactory.corpus.rows:MESSAGES",
        "grpo": "codefactory.corpus.rows:GRPO",
        "problems": "codefactory.corpus.rows:PROBLEMS",
        "records": "codefactory.corpus.rows:RECORDS",
        "dpo": "codefactory.corpus.answers:DPO",
        "kto": "codefactory.corpus.answers:KTO",
        "repair": "codefactory.corpus.answers:REPAIR",
        "completions": "codefactory.corpus.answers:COMPLETIONS",
    },
)
