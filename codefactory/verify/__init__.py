"""Verification: the judge collects evidence about drafts, policies decide over it later; verify once, decide often."""
