"""Lua 5.4: suites are busted specifications; `script` suites are LuaUnit's, in one chunk with the candidate."""

from __future__ import annotations

from native import Native

LUA = Native(
    suffix=".lua",
    start=lambda mode, code, suite: ["/usr/bin/lua5.4", "/sandbox/lua/driver.lua", mode, code, suite],
    compared=lambda code, expressions: {".cases": "".join(f"{expression}\0" for expression in expressions)},
    tests=lambda name: name.removesuffix(".lua") + "_spec.lua",
)
run, warm_up = LUA.run, LUA.warm_up
