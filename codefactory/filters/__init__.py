"""Filters: each looks at an ordered stream of Records and gives a stable reason slug for every one that it drops."""

from codefactory.registry import Registry

# In the order in which they run: what judges a row alone, cheapest first, then what compares rows. Contaminated rows go
# before duplicates are looked for, so that no good row is lost for being like one that is dropped anyway; caps come
# last, because they count what is really there.
FILTERS = Registry(
    "filter",
    {
        "licence": "codefactory.filters.licence:Licence",
        "length": "codefactory.filters.length:Length",
        "boilerplate": "codefactory.filters.boilerplate:Boilerplate",
        "scores": "codefactory.filters.scores:Scores",
        "syntax": "codefactory.filters.syntax:Syntax",
        "stub": "codefactory.filters.stub:Stub",
        "safety": "codefactory.filters.safety:Safety",
        "contamination": "codefactory.filters.contamination:Contamination",
        "quality": "codefactory.filters.quality:Quality",
        "exact": "codefactory.filters.exact:Exact",
        "near": "codefactory.filters.near:Near",
        "semantic": "codefactory.filters.semantic:Semantic",
        "balance": "codefactory.filters.balance:Balance",
    },
)
