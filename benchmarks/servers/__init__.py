"""Servers that stand in for a model in benchmarks: real HTTP, in processes of their own."""
