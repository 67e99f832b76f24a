"""Rule sets (规则集): what a region demands, as data."""
