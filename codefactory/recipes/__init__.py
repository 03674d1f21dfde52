"""Recipes: generators that turn a seed into a draft by asking a model; one file and one prompt file each."""

from codefactory.registry import Registry

RECIPES = Registry(
    "recipe",
    {
        # from topic words, an idea, or a cell of a grid
        "joint": "codefactory.recipes.joint:joint",
        "tests_first": "codefactory.recipes.tests_first:tests_first",
        "critique": "codefactory.recipes.critique:critique",
        "repair": "codefactory.recipes.repair:repair",
        "judge_score": "codefactory.recipes.judge_score:judge_score",
        "grid": "codefactory.recipes.grid:grid",
        "native": "codefactory.recipes.native:native",
        # from real code
        "oss_instruct": "codefactory.recipes.oss_instruct:oss_instruct",
        "self_align": "codefactory.recipes.self_align:self_align",
        # from known tasks
        "self_instruct": "codefactory.recipes.self_instruct:self_instruct",
        "evolve": "codefactory.recipes.evolve:evolve",
        "paraphrase": "codefactory.recipes.paraphrase:paraphrase",
        "solve": "codefactory.recipes.solve:solve",
        "test_writer": "codefactory.recipes.test_writer:test_writer",
        "missing_test": "codefactory.recipes.missing_test:missing_test",
        "star": "codefactory.recipes.star:star",
        "translate": "codefactory.recipes.translate:translate",
    },
)

# Rooms of one floor do not import each other: who reads known tasks is looked up when a run file asks for them.
READERS = Registry(
    "reader of known tasks",
    {"tasks": "codefactory.tasks.base:load_trainable", "corpus": "codefactory.corpus.store:read"},
)
