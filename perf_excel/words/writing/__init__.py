"""Sentences and figures of a report, written from a form (写报告): no files, no cells."""
