"""The summary workbook of a round, and summaries added up from summaries."""
