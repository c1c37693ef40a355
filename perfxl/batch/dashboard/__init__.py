"""The dashboard of a round: one page that needs nothing else."""
