"""One expression, several uses: its value, the cells it needs, later its text and sentence."""
