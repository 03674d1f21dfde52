"""A draft, a critique of it against a written constitution, and a revision.

Constitutional AI's critique and revision (Bai et al. 2022, arXiv 2212.08073); Self-Refine (Madaan et al. 2023, arXiv
2303.17651). The constitution is `prompts/constitution.md`, or the user's own file (`seeds.constitution`), which arrives
in the seed: editing it makes new seeds, so that no revision is taken for one under other principles.
"""

from __future__ import annotations

from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Steps, packaged, prompt
from codefactory.recipes.drafting import draft_of, finish, idea
from codefactory.recipes.parse import read_answer
from codefactory.types import Seed


def critique(seed: Seed, options: RecipeConfig) -> Steps:
    """Three questions (draft as joint, critique, revision); only the revision is kept and gets further votes."""
    words = prompt("joint", topics=", ".join(seed.topics), difficulty=seed.difficulty, idea=idea(seed, "critique"))
    ((written,),) = yield (Ask(words, first=seed.draw),)
    first = draft_of("critique", seed, read_answer(written), (written.request_id,))
    if first.fault:
        return first
    principles = (seed.constitution or packaged("constitution")).strip()
    words = prompt("critique", constitution=principles, draft=written.text.strip())
    ((review,),) = yield (Ask(words, first=seed.draw),)
    calls = (written.request_id, review.request_id)
    if not review.text.strip():
        return replace(first, calls=calls, fault="no_critique")
    words = prompt("critique_revise", draft=written.text.strip(), review=review.text.strip())
    ((revised,),) = yield (Ask(words, first=seed.draw),)
    parts = read_answer(revised)
    return (yield from finish("critique", seed, options, parts, (*calls, revised.request_id), lineage=first.id))
