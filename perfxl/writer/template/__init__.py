"""The standard workbook of a scheme: where everything stands, what it says, and its bytes."""
