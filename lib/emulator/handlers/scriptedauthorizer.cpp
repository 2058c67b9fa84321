// SPDX-License-Identifier: Apache-2.0
#include "scriptedauthorizer_p.h"

#include "../access/identities_p.h"
#include "scriptunit_p.h"

#include <QJsonDocument>
#include <QPointer>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! The event that the service gives to the function.
QJsonObject eventOf(const EmulatorOptions::LambdaRequest &request)
{
    QJsonObject headers;
    for (const auto &[name, value] : request.requestHeaders)
        headers.insert(name, value);
    const auto orNull = [](const QString &text) {
        return text.isNull() ? QJsonValue() : QJsonValue(text);
    };
    const QJsonObject context{{u"apiId"_s, u"local"_s},
                              {u"accountId"_s, kAccountId},
                              {u"requestId"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
                              {u"operation"_s, request.operation},
                              {u"channelNamespaceName"_s, orNull(request.channelNamespaceName)},
                              {u"channel"_s, orNull(request.channel)}};
    return {{u"authorizationToken"_s, request.authorizationToken},
            {u"requestContext"_s, context},
            {u"requestHeaders"_s, headers}};
}

} // namespace

EmulatorOptions::LambdaAuthorizer scriptedAuthorizer(ScriptUnit *unit)
{
    return [unit = QPointer<ScriptUnit>(unit)](
               const EmulatorOptions::LambdaRequest &request,
               const std::function<void(const EmulatorOptions::LambdaAnswer &)> &answer) {
        if (!unit)
            return answer({});
        const QByteArray event = QJsonDocument(eventOf(request)).toJson(QJsonDocument::Compact);
        unit->call(
            {{u"op"_s, u"invoke"_s}, {u"event"_s, QString::fromUtf8(event)}},
            [answer](const QJsonObject &result) {
                const QJsonObject said =
                    QJsonDocument::fromJson(result.value("result"_L1).toString().toUtf8()).object();
                answer({said.value("isAuthorized"_L1).toBool(),
                        said.value("handlerContext"_L1).toObject()});
            });
    };
}

} // namespace AppSync::Emulation
