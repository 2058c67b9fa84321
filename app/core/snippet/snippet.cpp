// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippet.h"

#include "app/core/filter/jsonpath.h"
#include "app/core/snippet/snippetlanguages.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! Reads what a request of GraphQL asks for.
bool readRequest(QByteArrayView json, SnippetAction *action)
{
    action->document = jsonMemberText(json, {"query"});
    action->operationName = jsonMemberText(json, {"operationName"});
    const QByteArrayView variables = jsonMember(json, {"variables"});
    if (variables.startsWith('{') && jsonCount(variables) > 0)
        action->variables = variables.toByteArray();
    return !action->document.isEmpty();
}

//! A pattern as a channel in which what is not known can be seen; no service takes it.
QByteArray withPlace(QByteArray pattern)
{
    return pattern.replace('*', "<channel>");
}

} // namespace

SnippetAction SnippetAction::of(const CapturedFrame &frame)
{
    using Kind = SnippetAction::Kind;
    const CaptureOrigin &origin = *frame.origin;
    SnippetAction action;
    if (frame.isNote())
        return action;
    action.overHttp = origin.transport == "http";
    if (origin.kind == "publish" || origin.kind == "event") {
        action.events = frame.events();
        action.hasPlace = origin.channel.isEmpty();
        action.channel = action.hasPlace ? withPlace(origin.sub) : origin.channel;
        if (!action.events.isEmpty() && !action.channel.isEmpty())
            action.kind = Kind::Publish;
    } else if (origin.kind == "request") {
        if (readRequest(frame.text(), &action))
            action.kind = Kind::Execute;
    } else if (origin.dir == "out" && origin.type == "subscribe") {
        action.channel = origin.sub.isEmpty() ? origin.channel : origin.sub;
        if (!action.channel.isEmpty())
            action.kind = Kind::Subscribe;
    } else if (origin.dir == "out" && origin.type == "start") {
        const QByteArray text = frame.text();
        if (readRequest(jsonMemberText(text, {"payload", "data"}), &action))
            action.kind = Kind::SubscribeGraphQl;
    }
    return action;
}

QByteArray snippet(const SnippetAction &action, const SnippetTarget &target,
                   SnippetLanguage language)
{
    if (action.isNone())
        return {};
    switch (language) {
    case SnippetLanguage::Shell:
        return Snippets::shell(action, target);
    case SnippetLanguage::AmplifyJs:
        return Snippets::amplify(action, target);
    case SnippetLanguage::Python:
        return Snippets::python(action, target);
    case SnippetLanguage::Go:
        return Snippets::go(action, target);
    case SnippetLanguage::Cpp:
        break;
    }
    return Snippets::cpp(action, target);
}

std::optional<AuthMode> authModeOf(const CapturedFrame &frame)
{
    const QByteArray text = frame.text();
    QByteArrayView authorization = jsonMember(text, {"authorization"});
    if (authorization.isNull()) {
        const QByteArrayView payload = jsonMember(text, {"payload"});
        authorization = jsonMember(payload, {"extensions", "authorization"});
    }
    if (!authorization.startsWith('{'))
        return std::nullopt;
    bool hasKey = false;
    bool hasDate = false;
    bool hasToken = false;
    forEachJsonMember(authorization, [&](QByteArrayView literal, QByteArrayView) {
        const QByteArray name = jsonStringText(literal).toLower();
        hasKey = hasKey || name == "x-api-key";
        hasDate = hasDate || name == "x-amz-date";
        hasToken = hasToken || name == "authorization";
        return true;
    });
    if (hasKey)
        return AuthMode::ApiKey;
    if (hasDate)
        return AuthMode::Iam;
    // Which kind of token it is does not show; all are sent in the same way.
    return hasToken ? AuthMode::UserPool : AuthMode::None;
}

} // namespace Syncscope
