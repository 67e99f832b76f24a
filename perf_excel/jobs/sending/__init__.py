"""Sending forms to units (下发): the list of units, what goes where, the workbooks and their list."""
