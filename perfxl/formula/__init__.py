"""One expression, four uses: its value, its Excel text, its sentence, the figures it needs."""
