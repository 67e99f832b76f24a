"""What a region and a year demand of a form: rule sets, scoring and checks."""
