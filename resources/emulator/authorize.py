# SPDX-License-Identifier: Apache-2.0
"""A Lambda authorizer as a command: whoever knows the word may do everything on channels of their own."""
import json
import sys

event = json.load(sys.stdin)
channel = event["requestContext"]["channel"]
knows = event["authorizationToken"] == "open-sesame"
json.dump({"isAuthorized": knows and (channel is None or not channel.startswith("/news/other")),
           "handlerContext": {"role": "reader"}}, sys.stdout)
