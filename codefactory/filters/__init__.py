"""Filters: each looks at an ordered stream of Records and gives a stable reason slug for every one that it drops."""

from codefactory.registry import Registry

# In the order in which they run: contaminated rows go before duplicates are looked for, so that no good row is lost
# for being a duplicate of one that is dropped anyway.
FILTERS = Registry(
    "filter",
    {
        "syntax": "codefactory.filters.syntax:Syntax",
        "stub": "codefactory.filters.stub:Stub",
        "contamination": "codefactory.filters.contamination:Contamination",
        "exact": "codefactory.filters.exact:Exact",
        "near": "codefactory.filters.near:Near",
    },
)
