"""Gets role credentials for a profile as any boto3 program does, and asks STS who they are for."""

import sys

import boto3

session = boto3.Session(profile_name=sys.argv[1], region_name="us-east-1")
keys = session.get_credentials().get_frozen_credentials()
identity = session.client("sts").get_caller_identity()
print(f"{keys.access_key[:4]} {identity['Account']}")
