"""Prints what botocore makes of FOLDER/*/config and FOLDER/*/credentials, as one JSON object by folder name."""

import json
import os
import sys

import botocore.exceptions
import botocore.session


def lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def refusal(error, case):
    path, inner = error.kwargs["path"], error.kwargs["error"]
    file = os.path.relpath(path, case)
    if isinstance(inner, UnicodeDecodeError):
        # The error counts from the beginning of the piece it was decoding, so the line is found here.
        with open(path, "rb") as handle:
            data = handle.read()
        try:
            data.decode("utf-8")
            line = None
        except UnicodeDecodeError as whole:
            line = lines(data[: whole.start].decode("utf-8"))
    elif hasattr(inner, "errors"):
        line = inner.errors[0][0]
    else:
        # A ValueError about a nested line knows no line.
        line = getattr(inner, "lineno", None)
    return {"file": file, "line": line, "error": type(inner).__name__}


def reading(case):
    os.environ["AWS_CONFIG_FILE"] = os.path.join(case, "config")
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(case, "credentials")
    # The session keeps what it has read, so each case has its own.
    session = botocore.session.Session()
    kinds = ("profiles", "sso_sessions", "services")
    try:
        full = session.full_config
    except botocore.exceptions.ConfigParseError as error:
        return {"refused": refusal(error, case), **{kind: {} for kind in kinds}}
    return {"refused": None, **{kind: full.get(kind, {}) for kind in kinds}}


folder = sys.argv[1]
json.dump({name: reading(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}, sys.stdout)
