"""Budget tables (预算公开表、决算公开表): read from sheets, their figures tied to one another."""
