"""Scoring (打分): what a rule set gives each row, level and form, with the arithmetic."""
