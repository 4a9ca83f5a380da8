"""`python -m checker` is `figcheck`."""

from checker.cli import main

main()
