"""The command line; thin: it parses words, calls the pipeline, prints what that returns."""
