"""指标性质: which way a result counts, in the same words wherever units choose it.

They are signs that stand before a number, so that 「≥」「10」「个」 reads as ≥10个.
"""

AT_LEAST, AT_MOST, EQUAL, JUDGED = "≥", "≤", "＝", "定性"
SIGNS = (AT_LEAST, AT_MOST, EQUAL, JUDGED)
TITLE = "指标性质"
PROMPT = "越大越好的选≥，越小越好的选≤，要求正好的选＝，不能用数衡量的选定性。"
ERROR = "请从四项中选一项。"
