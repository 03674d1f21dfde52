"""How diverse a corpus is, and what it has lost: measures of one set of records, one file each."""

from codefactory.registry import Registry

# Each row is a function: records -> {name: figure}. All sets of a comparison are given to it at the same size.
MEASURES = Registry(
    "diversity measure",
    {
        "ngrams": "codefactory.diversity.ngrams:distinct",
        "similarity": "codefactory.diversity.similarity:self_bleu",
        "vocabulary": "codefactory.diversity.vocabulary:vocabulary",
        "shapes": "codefactory.diversity.shapes:shapes",
    },
)
