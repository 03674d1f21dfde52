"""Recipes are driven without I/O: `drive` answers their questions from a script."""
