"""Set-up, checks, image building and micro-model training."""
