"""Simple formulas worked out (代为计算), as applications are going to calculate them."""
