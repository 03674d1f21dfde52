"""The question the factory exists for: arms that differ by their training data alone, compared with intervals.

`data` decides what each arm trains on, `arms` trains and evaluates, `result` counts from the ledger, `compare` and
`scaling` say it. `generations` lets the student become the writer, `exchanges` and `diversity` are what it needs.
"""
