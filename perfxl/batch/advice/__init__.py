"""BT: what many returns side by side suggest to look at; advice, never an error."""
