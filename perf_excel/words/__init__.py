"""A report's text (报告文字): its figures found, tied to what they speak of, and held against one another."""
