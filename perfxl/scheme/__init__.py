"""What a template asks: indicators, caps, grade bands, headings. Regions are data, not code."""
