"""`python -m shangliang` is the `shangliang` command."""

from shangliang.cli import main

main()
