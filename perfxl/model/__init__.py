"""The nouns of a self-evaluation: cells, numbers, forms, findings, grades. No I/O here."""
