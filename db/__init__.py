"""Rows in, domain out: named queries, one transaction a promise (SPEC R5, R7, R9, R17)."""
