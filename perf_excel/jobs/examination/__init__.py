"""A workbook becomes an examined form: what every command about an existing form shares."""
