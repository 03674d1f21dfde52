"""Ruby: suites are minitest files, in either style, that require the candidate's."""

from __future__ import annotations

from glob import glob

from native import Native

# RubyGems takes eight times as long to start as Ruby: the gems that come with it are found on the load path instead.
FOLDERS = (
    "/usr/share/rubygems-integration/all/gems/minitest-*/lib",
    *(f"/usr/lib/ruby/gems/*/gems/{name}-*/lib" for name in ("matrix", "prime", "rexml", "test-unit", "power_assert")),
)
GEMS = [f"-I{folder}" for pattern in FOLDERS for folder in glob(pattern)]
RUBY = ["/usr/bin/ruby", "--disable=gems,did_you_mean,error_highlight", *GEMS]
NATIVE = Native(
    suffix=".rb",
    start=lambda mode, code, suite: (
        [*RUBY, code] if mode == "program" else [*RUBY, "/sandbox/ruby/driver.rb", mode, code, suite]
    ),
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".rb") + "_test.rb",
)
run, warm_up = NATIVE.run, NATIVE.warm_up
