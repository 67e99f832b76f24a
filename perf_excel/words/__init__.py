"""The text of a report (报告文字): sentences written from a form."""
