"""Where a score comes from: total, groups, indicators, standards, measures, inputs, cells."""
