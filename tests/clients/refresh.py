"""For each line it reads, gets the token of a profile's session as a program on botocore that starts now, and says how."""

import sys

import botocore.session
from botocore.tokens import SSOTokenProvider

session = botocore.session.Session(profile=sys.argv[1])
print("ready", flush=True)
for _ in sys.stdin:
    try:
        provider = SSOTokenProvider(session)
        provider.load_token().get_frozen_token()
        print("has a token", flush=True)
    except Exception as error:
        print(f"has none: {error}", flush=True)
