"""`python -m strongroom` is the command `strongroom`."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="strongroom")
