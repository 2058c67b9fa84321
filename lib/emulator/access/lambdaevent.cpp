// SPDX-License-Identifier: Apache-2.0
#include "lambdaevent_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::LambdaEvent {

namespace {

QJsonValue textOrNull(const QString &text)
{
    return text.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

//! A header that came twice has both values, as HTTP joins them.
QJsonObject headers(const QList<QPair<QString, QString>> &list)
{
    QJsonObject object;
    for (const auto &[name, value] : list) {
        const QString before = object.value(name).toString();
        object.insert(name, before.isEmpty() ? value : QString(before + u", "_s + value));
    }
    return object;
}

EmulatorOptions::LambdaAnswer refused(const QString &problem)
{
    EmulatorOptions::LambdaAnswer answer;
    answer.problem = problem;
    return answer;
}

bool holdsOnlyText(const QJsonObject &object)
{
    return std::all_of(object.begin(), object.end(),
                       [](const QJsonValue &value) { return value.isString(); });
}

} // namespace

QJsonObject request(const EmulatorOptions::LambdaRequest &request)
{
    QJsonObject context{{u"apiId"_s, request.apiId},
                        {u"accountId"_s, request.accountId},
                        {u"requestId"_s, request.requestId}};
    if (request.operation.isEmpty()) {
        context.insert(u"queryString"_s, textOrNull(request.queryString));
        context.insert(u"operationName"_s, textOrNull(request.operationName));
        context.insert(u"variables"_s, request.variables);
    } else {
        context.insert(u"operation"_s, request.operation);
        context.insert(u"channelNamespaceName"_s, textOrNull(request.channelNamespaceName));
        context.insert(u"channel"_s, textOrNull(request.channel));
    }
    return {{u"authorizationToken"_s, request.authorizationToken},
            {u"requestContext"_s, context},
            {u"requestHeaders"_s, headers(request.requestHeaders)}};
}

EmulatorOptions::LambdaAnswer answer(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return refused(u"the Lambda authorizer's answer is not a JSON object"_s);
    const QJsonObject object = document.object();
    EmulatorOptions::LambdaAnswer answer;
    const QJsonValue isAuthorized = object.value("isAuthorized"_L1);
    if (!isAuthorized.isBool())
        return refused(u"the Lambda authorizer's answer has no isAuthorized of true or false"_s);
    answer.isAuthorized = isAuthorized.toBool();
    // As it is called for Events, and for GraphQL.
    const QJsonValue context = object.value(
        object.contains("resolverContext"_L1) ? "resolverContext"_L1 : "handlerContext"_L1);
    for (const QJsonValue denied : object.value("deniedFields"_L1).toArray())
        answer.deniedFields.append(denied.toString());
    answer.handlerContext = context.toObject();
    const bool isContext = context.isUndefined() || context.isNull() || context.isObject();
    if (!isContext || !holdsOnlyText(answer.handlerContext))
        return refused(u"the Lambda authorizer's handlerContext may hold strings only"_s);
    if (json.size() > kContextBytes
        && QJsonDocument(answer.handlerContext).toJson(QJsonDocument::Compact).size()
            > kContextBytes)
        return refused(u"the Lambda authorizer's handlerContext is larger than 5 MB"_s);
    const QJsonValue ttl = object.value("ttlOverride"_L1);
    if (ttl.isDouble() && ttl.toDouble() >= 0)
        answer.ttl = std::chrono::seconds(qint64(std::min(ttl.toDouble(), 3600.0)));
    else if (!ttl.isUndefined() && !ttl.isNull())
        return refused(u"the Lambda authorizer's ttlOverride is not a number of seconds"_s);
    return answer;
}

} // namespace AppSync::Emulation::LambdaEvent
