"""Proposals and stresses as files of dated provisions, their expected results, and the form to write one."""
