"""Asks STS who it is, as any program on boto3 does, and prints why it could not: in a line, or with --trace in full."""

import sys

import boto3

try:
    boto3.client("sts").get_caller_identity()
except Exception as error:
    if "--trace" in sys.argv:
        raise
    print(f"{type(error).__module__}.{type(error).__qualname__}: {error}")
