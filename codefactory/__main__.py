"""`python -m codefactory`: the command line, where its script is not on the path."""

from codefactory.cli import main

if __name__ == "__main__":
    main()
