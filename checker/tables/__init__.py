"""Datasets judged by the rules that prose is judged by: columns are roles, every row is a claim."""
