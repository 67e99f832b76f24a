"""Data and scores as cell edits for a sheet whose form was read."""
