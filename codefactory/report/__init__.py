"""What a run and a study found as one self-contained page: `inputs` reads, `plots` draws, `html` writes.

Works from the JSON files that a run and a study leave in their folders, never from their code: a report can be made of
results that came from elsewhere.
"""
