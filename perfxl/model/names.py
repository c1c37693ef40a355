"""What the defined names that we put into workbooks begin with; keys follow.

Defined names survive what other programs make of a workbook, where custom parts do not.
"""

OWN_NAME = "_perfxl_"  # any of ours
INPUT_NAME = OWN_NAME + "in_"  # the cell of an input
MEASURE_NAME = OWN_NAME + "m_"  # the cell of a measure
LIST_NAME = OWN_NAME + "l_"  # the cells of a list of completion rates
