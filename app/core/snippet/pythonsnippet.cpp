// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetlanguages.h"

#include "app/core/snippet/snippetliteral.h"

namespace Syncscope::Snippets {

namespace {

constexpr char kPythonSigned[] = R"(
# IAM, with the credentials that the tools of AWS use: pip install botocore
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.session import Session


def signed(url, body):
    headers = {"accept": "application/json, text/javascript", "content-encoding": "amz-1.0",
               "content-type": "application/json; charset=UTF-8"}
    request = AWSRequest("POST", url, headers, body)
    SigV4Auth(Session().get_credentials(), "appsync", @REGION@).add_auth(request)
    return dict(request.headers)

)";

constexpr char kPythonPublish[] = R"(import json
import os
import urllib.request
@SIGNED@
endpoint = @ENDPOINT@
# Each event is JSON text, which is sent as it is.
body = json.dumps({
    "channel": @CHANNEL@,
    "events": [
@EVENTS@    ],
}).encode()
headers = {"Content-Type": "application/json"@AUTH@}
with urllib.request.urlopen(urllib.request.Request(endpoint, body, headers)) as answer:
    print(answer.read().decode())
)";

constexpr char kPythonExecute[] = R"(import json
import os
import urllib.request
@SIGNED@
endpoint = @ENDPOINT@
query = @DOCUMENT@
variables = @VARIABLES@  # JSON text, which is sent as it is
body = ('{"query": ' + json.dumps(query) + ', "variables": ' + variables + @NAME@ + '}').encode()
headers = {"Content-Type": "application/json"@AUTH@}
with urllib.request.urlopen(urllib.request.Request(endpoint, body, headers)) as answer:
    print(answer.read().decode())
)";

constexpr char kPythonSubscribe[] = R"(# pip install websockets
import base64
import json
import os

from websockets.sync.client import connect
@SIGNED@
endpoint = @ENDPOINT@
@WANTED@
connecting = {"host": @HOST@@CONNECT_AUTH@}
authorization = {"host": @HOST@@AUTH@}
header = base64.urlsafe_b64encode(json.dumps(connecting).encode()).decode().rstrip("=")
with connect(@REALTIME@, subprotocols=[@PROTOCOL@, "header-" + header]) as socket:
    socket.send('{"type": "connection_init"}')
    for message in socket:
        print(message)
        if json.loads(message)["type"] == "connection_ack":
            socket.send(json.dumps(@MESSAGE@))
)";

//! The members of a dictionary, behind others.
QByteArray pythonAuthorization(AuthMode mode, const QByteArray &url, const QByteArray &body)
{
    if (mode == AuthMode::ApiKey)
        return R"(, "x-api-key": os.environ["SYNCSCOPE_API_KEY"])";
    if (takesToken(mode))
        return R"(, "Authorization": os.environ["SYNCSCOPE_TOKEN"])";
    return mode == AuthMode::Iam ? ", **signed(" + url + ", " + body + ')' : QByteArray();
}

QByteArray pythonSigner(const SnippetAction &action, const SnippetTarget &target)
{
    const bool connects = action.needsSocket() && target.connect == AuthMode::Iam;
    if (action.mode(target) != AuthMode::Iam && !connects)
        return {};
    const QByteArray region = target.endpoint.region().toUtf8();
    return filled(
        kPythonSigned,
        {{"REGION",
          region.isEmpty() ? R"(os.environ["AWS_REGION"])" : SnippetLiteral::python(region)}});
}

QByteArray pythonSubscription(const SnippetAction &action, const SnippetTarget &target)
{
    const bool isEvents = action.kind == SnippetAction::Kind::Subscribe;
    const QByteArray wanted = isEvents
        ? "channel = " + SnippetLiteral::python(action.channel)
        : "query = " + SnippetLiteral::python(action.document) + "\nvariables = "
            + SnippetLiteral::python(action.variables.isEmpty() ? "{}" : action.variables)
            + "  # JSON text, which is sent as it is\n"
              "data = '{\"query\": ' + json.dumps(query) + ', \"variables\": ' + variables + '}'";
    const QByteArray message = isEvents
        ? R"({"type": "subscribe", "id": "1", "channel": channel, "authorization": authorization})"
        : "{\"type\": \"start\", \"id\": \"1\", \"payload\": {\"data\": data,\n"
          "                \"extensions\": {\"authorization\": authorization}}}";
    const QByteArray body =
        isEvents ? R"(json.dumps({"channel": channel}, separators=(",", ":")))" : "data";
    const QByteArray connectUrl = isEvents ? "endpoint" : R"(endpoint + "/connect")";
    return filled(kPythonSubscribe,
                  {{"SIGNED", pythonSigner(action, target)},
                   {"ENDPOINT", SnippetLiteral::python(httpUrl(target))},
                   {"REALTIME", SnippetLiteral::python(realtimeUrl(target))},
                   {"HOST", SnippetLiteral::python(target.endpoint.host().toUtf8())},
                   {"PROTOCOL", isEvents ? R"("aws-appsync-event-ws")" : R"("graphql-ws")"},
                   {"WANTED", wanted},
                   {"MESSAGE", message},
                   {"CONNECT_AUTH", pythonAuthorization(target.connect, connectUrl, "\"{}\"")},
                   {"AUTH", pythonAuthorization(target.subscribe, "endpoint", body)}});
}

} // namespace

QByteArray python(const SnippetAction &action, const SnippetTarget &target)
{
    if (action.needsSocket())
        return pythonSubscription(action, target);
    QByteArray events;
    for (const QByteArray &event : action.events)
        events += "        " + SnippetLiteral::python(event) + ",\n";
    const QByteArray name = action.operationName.isEmpty() ? QByteArray("''")
                                                           : "', \"operationName\": ' + json.dumps("
            + SnippetLiteral::python(action.operationName) + ')';
    return filled(action.kind == SnippetAction::Kind::Publish ? kPythonPublish : kPythonExecute,
                  {{"SIGNED", pythonSigner(action, target)},
                   {"ENDPOINT", SnippetLiteral::python(httpUrl(target))},
                   {"CHANNEL", SnippetLiteral::python(action.channel)},
                   {"EVENTS", events},
                   {"DOCUMENT", SnippetLiteral::python(action.document)},
                   {"VARIABLES",
                    SnippetLiteral::python(action.variables.isEmpty() ? "{}" : action.variables)},
                   {"NAME", name},
                   {"AUTH", pythonAuthorization(target.publish, "endpoint", "body")}});
}

} // namespace Syncscope::Snippets
