"""Files that people write by hand: read, held against a model, and what is wrong told in Chinese.

pydantic is imported by `models` and `complaints` only; `read` costs nothing.
"""
