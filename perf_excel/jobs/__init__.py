"""One module for each thing a clerk asks for."""
