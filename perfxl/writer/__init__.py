"""Writing into returned workbooks: annotate, clean, and put files in place safely."""
