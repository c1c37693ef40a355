"""The rule catalogue: one rule, one file, in the folder of its family."""
