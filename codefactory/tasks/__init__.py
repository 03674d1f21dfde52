"""Human-written task sets, one loader each; every task becomes a `Record`, so it takes the synthetic rows' path."""

from codefactory.registry import Registry

# Each row is a loader: (split or "", file or None) -> list[Record].
TASKS = Registry(
    "task set",
    {
        "reference": "codefactory.tasks.embedded:load",
        "humaneval": "codefactory.tasks.humaneval:load",
        "mbpp": "codefactory.tasks.mbpp:load",
        "evalplus": "codefactory.tasks.evalplus:load",
        "exercism": "codefactory.tasks.exercism:load",
        "multipl_e": "codefactory.tasks.multipl_e:load",
        "jsonl": "codefactory.tasks.jsonl:load",
    },
)
