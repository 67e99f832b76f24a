"""placeholder"""
def write_notes(plan, sheet):
    pass
