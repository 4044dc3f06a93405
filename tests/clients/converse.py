"""Asks a model of Bedrock, as any program on boto3 does, and prints its answer, or in a line why there is none."""

import boto3

try:
    said = boto3.client("bedrock-runtime").converse(
        modelId="amazon.nova-lite-v1:0", messages=[{"role": "user", "content": [{"text": "Hello?"}]}]
    )
    print(said["output"]["message"]["content"][0]["text"])
except Exception as error:
    print(f"{type(error).__module__}.{type(error).__qualname__}: {error}")
