// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetlanguages.h"

#include "app/core/jsontext.h"
#include "app/core/snippet/snippetliteral.h"

namespace Syncscope::Snippets {

namespace {

using SnippetLiteral::JavaScriptValue;

constexpr char kAmplifyPublish[] = R"(import { Amplify } from 'aws-amplify';
import { events } from 'aws-amplify/data';
@CONFIGURE@
@REMARKS@const failed = await events.post(@CHANNEL@, [
@EVENTS@]@OPTIONS@);
console.log(failed ?? 'accepted');
)";

constexpr char kAmplifySubscribe[] = R"(import { Amplify } from 'aws-amplify';
import { events } from 'aws-amplify/data';
@CONFIGURE@
@REMARKS@const channel = await events.connect(@CHANNEL@@CONNECT_OPTIONS@);
channel.subscribe({
  next: (data) => console.log(data.event),
  error: (error) => console.error(error),
}@OPTIONS@);
)";

constexpr char kAmplifyExecute[] = R"(import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
@CONFIGURE@
@REMARKS@const query = @DOCUMENT@;
const variables = @VARIABLES@;
const { data, errors } = await generateClient().graphql({ query, variables@OPTIONS@ });
console.log(JSON.stringify(data), errors ?? '');
)";

constexpr char kAmplifySubscribeGraphQl[] = R"(import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
@CONFIGURE@
@REMARKS@const query = @DOCUMENT@;
const variables = @VARIABLES@;
generateClient().graphql({ query, variables@OPTIONS@ }).subscribe({
  next: ({ data }) => console.log(JSON.stringify(data)),
  error: (error) => console.error(error),
});
)";

constexpr char kTokenSession[] = R"({
  Auth: {
    tokenProvider: {
      getTokens: async () => ({
        accessToken: { toString: () => process.env.SYNCSCOPE_TOKEN, payload: { exp: Date.now() / 1000 + 3600 } },
      }),
    },
  },
})";

constexpr char kIamSession[] = R"({
  Auth: {
    credentialsProvider: {
      getCredentialsAndIdentityId: async () => ({ credentials: await fromNodeProviderChain()() }),
      clearCredentialsAndIdentityId() {},
    },
  },
})";

QByteArray amplifyMode(AuthMode mode)
{
    switch (mode) {
    case AuthMode::ApiKey:
        return "apiKey";
    case AuthMode::UserPool:
        return "userPool";
    case AuthMode::Oidc:
        return "oidc";
    case AuthMode::Lambda:
        return "lambda";
    case AuthMode::Iam:
        return "iam";
    case AuthMode::None:
        break;
    }
    return "none";
}

QByteArray amplifyConfiguration(const SnippetAction &action, const SnippetTarget &target)
{
    const AuthMode mode = action.mode(target);
    const bool isSigned =
        mode == AuthMode::Iam || (action.needsSocket() && target.connect == AuthMode::Iam);
    const bool hasSession = mode == AuthMode::UserPool || mode == AuthMode::Oidc;
    const QByteArray region = target.endpoint.region().toUtf8();
    QByteArray text;
    if (isSigned)
        text += "// IAM, with the credentials that the tools of AWS use: npm install "
                "@aws-sdk/credential-providers\n"
                "import { fromNodeProviderChain } from '@aws-sdk/credential-providers';\n";
    text += "\nAmplify.configure({\n  API: {\n    "
        + QByteArray(target.isGraphQl() ? "GraphQL" : "Events")
        + ": {\n      endpoint: " + SnippetLiteral::javaScript(httpUrl(target)) + ",\n";
    if (!region.isEmpty())
        text += "      region: " + SnippetLiteral::javaScript(region) + ",\n";
    else if (isSigned)
        text += "      region: process.env.AWS_REGION,\n";
    text += "      defaultAuthMode: '" + amplifyMode(mode) + "',\n";
    if (mode == AuthMode::ApiKey || target.connect == AuthMode::ApiKey)
        text += "      apiKey: process.env.SYNCSCOPE_API_KEY,\n";
    text += "    },\n  },\n}";
    if (isSigned)
        text += QByteArray(", ") + kIamSession;
    else if (hasSession)
        text += QByteArray(", ") + kTokenSession;
    return text + ");\n";
}

//! What a call gives beside the configuration.
QByteArray amplifyOptions(AuthMode mode, AuthMode standard)
{
    QByteArrayList members;
    if (mode != standard)
        members += "authMode: '" + amplifyMode(mode) + '\'';
    if (mode == AuthMode::Lambda)
        members += "authToken: process.env.SYNCSCOPE_TOKEN";
    return members.join(", ");
}

QByteArray inBraces(const QByteArray &members)
{
    return members.isEmpty() ? QByteArray() : ", { " + members + " }";
}

QByteArray amplifyRemarks(const QList<JavaScriptValue> &values)
{
    bool hasRaw = false;
    QByteArrayList changes;
    const auto add = [&](bool isSo, const char *what) {
        if (isSo && !changes.contains(what))
            changes += what;
    };
    for (const JavaScriptValue &value : values) {
        hasRaw = hasRaw || value.hasRawNumbers;
        add(value.losesSpace, "white space");
        add(value.changesEscapes, "escapes in strings");
        add(value.changesKeys, "members of the same name, or the order of names that are numbers");
    }
    QByteArray text;
    if (!changes.isEmpty())
        text += "// Amplify writes JSON anew. What changes here: " + changes.join("; ") + ".\n";
    if (hasRaw)
        text +=
            "// JSON.rawJSON (Node 21, Chrome 114 or newer) keeps numbers as they are written.\n";
    return text;
}

QByteArray amplifySocketRemark(const SnippetTarget &target)
{
    if (target.endpoint.http().scheme() == QLatin1String("http"))
        return "// Amplify subscribes over TLS only: the local one needs `syncscope-cli emulator "
               "--tls`.\n";
    return hasOwnRealtime(target)
        ? "// Amplify derives the realtime URL from the endpoint; this API has another one: "
            + realtimeUrl(target) + '\n'
        : QByteArray();
}

QByteArray amplifyPublish(const SnippetAction &action, const SnippetTarget &target)
{
    QList<JavaScriptValue> values;
    QByteArray list;
    for (const QByteArray &event : action.events) {
        if (!JsonText::isValid(event))
            return "// An event of this row is no JSON; Amplify can send nothing else.\n";
        values.append(SnippetLiteral::javaScriptValue(event));
        list += "  " + values.last().source + ",\n";
    }
    return filled(kAmplifyPublish,
                  {{"CONFIGURE", amplifyConfiguration(action, target)},
                   {"REMARKS", amplifyRemarks(values)},
                   {"CHANNEL", SnippetLiteral::javaScript(action.channel)},
                   {"EVENTS", list},
                   {"OPTIONS", inBraces(amplifyOptions(target.publish, target.publish))}});
}

QByteArray amplifyGraphQl(const SnippetAction &action, const SnippetTarget &target)
{
    const JavaScriptValue variables =
        SnippetLiteral::javaScriptValue(action.variables.isEmpty() ? "{}" : action.variables);
    const QByteArray more = amplifyOptions(action.mode(target), action.mode(target));
    return filled(action.needsSocket() ? kAmplifySubscribeGraphQl : kAmplifyExecute,
                  {{"CONFIGURE", amplifyConfiguration(action, target)},
                   {"REMARKS",
                    (action.needsSocket() ? amplifySocketRemark(target) : QByteArray())
                        + amplifyRemarks({variables})},
                   {"DOCUMENT", SnippetLiteral::javaScript(action.document)},
                   {"VARIABLES", variables.source},
                   {"OPTIONS", more.isEmpty() ? QByteArray() : ", " + more}});
}

} // namespace

QByteArray amplify(const SnippetAction &action, const SnippetTarget &target)
{
    if (action.kind == SnippetAction::Kind::Publish)
        return amplifyPublish(action, target);
    if (action.kind != SnippetAction::Kind::Subscribe)
        return amplifyGraphQl(action, target);
    return filled(kAmplifySubscribe,
                  {{"CONFIGURE", amplifyConfiguration(action, target)},
                   {"REMARKS", amplifySocketRemark(target)},
                   {"CHANNEL", SnippetLiteral::javaScript(action.channel)},
                   {"CONNECT_OPTIONS", inBraces(amplifyOptions(target.connect, target.subscribe))},
                   {"OPTIONS", inBraces(amplifyOptions(target.subscribe, target.subscribe))}});
}

} // namespace Syncscope::Snippets
