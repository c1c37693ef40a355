"""Many files at once: which ones are meant, and what is done with all of them."""
