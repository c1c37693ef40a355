"""Returned workbooks read from their bytes, behind one gate; nothing is judged here."""
