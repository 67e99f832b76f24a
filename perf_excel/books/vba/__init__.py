"""The optional macro workbook (宏工作簿): buttons on the form and the few lines of VBA behind them."""
