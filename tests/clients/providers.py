"""Prints what boto3 takes the credentials of the profile p from, for each FOLDER/NAME, as one JSON object by NAME."""

import json
import os
import sys

import botocore.exceptions
import botocore.session


def provider(case):
    os.environ["AWS_CONFIG_FILE"] = os.path.join(case, "config")
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(case, "credentials")
    try:
        credentials = botocore.session.Session(profile="p").get_credentials()
    except botocore.exceptions.MissingDependencyException:
        # The provider for `aws login` wants a library that is not here: it was reached.
        return "login"
    return credentials.method if credentials else None


folder = sys.argv[1]
json.dump({name: provider(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}, sys.stdout)
