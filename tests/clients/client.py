"""Asks STS who it is, as any program on boto3 does, and prints why it could not: in a line, or with --trace in full."""

import sys

import boto3

try:
    boto3.client("sts").get_caller_identity()
except Exception as error:
    if "--trace" in sys.argv:
        raise
    # As the last line of a trace has it.
    kind = type(error)
    print(f"{kind.__qualname__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__qualname__}'}: {error}")
