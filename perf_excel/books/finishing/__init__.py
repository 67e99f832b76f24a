"""The finished form (完成表): the steps by which a workbook becomes one."""
