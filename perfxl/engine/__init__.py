"""Runs the rules over a reading; knows no file and no report."""
