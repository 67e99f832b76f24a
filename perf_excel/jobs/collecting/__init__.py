"""Collecting (收集) what units sent back: found, read, held against what was sent."""
