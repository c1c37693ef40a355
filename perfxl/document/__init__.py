"""Word in and out."""
