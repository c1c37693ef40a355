"""Real-shaped returned workbooks, built from plain figures: for tests, demo and benchmarks."""
