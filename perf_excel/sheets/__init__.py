"""A sheet as cells, whichever door it came through: grid, layout, reading and writing."""
