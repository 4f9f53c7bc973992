"""The command line: each module takes parsed arguments and writes to a stream; none imports Qt."""
