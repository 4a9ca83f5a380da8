"""Checks the figures of a text against each other and against what is possible."""

from checker.model import Check, Claim, Document, Figure, Finding, Repair, Report
from checker.readers import Unreadable
from checker.run import check, check_file, load_rules, read_figures

__version__ = "0.1.0"

__all__ = [
    "Check",
    "Claim",
    "Document",
    "Figure",
    "Finding",
    "Repair",
    "Report",
    "Unreadable",
    "check",
    "check_file",
    "load_rules",
    "read_figures",
]
