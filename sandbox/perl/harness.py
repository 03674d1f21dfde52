"""Perl 5: suites are .t files (Test2, Test::More); `script` suites follow the candidate in one file."""

from __future__ import annotations

from native import Native

PERL = Native(
    suffix=".pl",
    start=lambda mode, code, suite: (
        ["/usr/bin/perl", code]
        if mode == "program"
        else ["/usr/bin/perl", "-I.", "-Ilib", "/sandbox/perl/driver.pl", mode, code, suite]
    ),
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: "t/" + name.rpartition("/")[2].rpartition(".")[0] + ".t",
)
run, warm_up = PERL.run, PERL.warm_up
