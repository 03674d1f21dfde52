"""How the micro models are made: a grammar of small Python tasks, its tokenizer, corpus and training driver.

The grammar (`grammar.py` is its entry) composes tasks from a source of elements, filters, a map and an ending
(`sources`, `elements`, `reductions`, `styles`, `pipelines`), from predicates over elements (`quantifiers`), from terms
and conditions over plain numbers (`scalars`) and from hand-written classics (`algorithms*`, `classics`). Every example
is executed when it is drawn and compared with the meaning of its operations. Six in ten syntax trees, chosen by hash,
never occur in training text (`novelty.py`), so that what is new among the drafts can be measured.

To make the models again, about 100 minutes on two cores (everything in between lies in build/micro; shards may be
written while training runs, the trainer waits for them)::

    python -m scripts.micro.grammar --sample 20            # look at it
    python -m scripts.micro.corpus --tokenizer
    python -m scripts.micro.corpus --form code --shard 0 1 2 3 4 5 6 20 21 22 23 24 25 26
    python -m scripts.micro.corpus --form chat --shard 0 1 2 3 4 5 6 7 8 9 10 11
    python -m scripts.micro.pretrain trunk --form code --seconds 1050
    python -m scripts.micro.pretrain writer --form chat --start build/micro/trunk.pt --seconds 2700 --decay 0.4 \
        --ship codefactory/models/micro-writer
    python -m scripts.micro.pretrain base --form code --shard 20 --start build/micro/trunk.pt --seconds 600 \
        --decay 0.6 --warm 1 --ship codefactory/models/micro-base
    python -m scripts.micro.evaluate codefactory/models/micro-writer --drafts 512

`lua.py` prints the same tasks as Lua, and `lua_corpus.py` says how a model that writes Lua is made of the writer with
them.

Training stops by wall time, so weights differ from machine to machine; the text is the same everywhere. One difference:
the shipped models' chat shards and code shards 0 to 6 were drawn before `wording.py` reworded docstrings and
statements. The fingerprints of the text really used lie beside the writer (`training_fingerprints.npz`, see
`novelty.py`). A shipped model can be trained further (`--start codefactory/models/micro-writer`, then
`python -m scripts.micro.novelty build/micro/chat-*.txt`): what is held out stays held out.
"""
