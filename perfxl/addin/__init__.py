"""The Excel side: a book that is open in a spreadsheet program, and what a button does to it."""
