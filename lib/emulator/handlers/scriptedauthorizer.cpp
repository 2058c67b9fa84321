// SPDX-License-Identifier: Apache-2.0
#include "scriptedauthorizer_p.h"

#include "../access/lambdaevent_p.h"
#include "scriptunit_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

EmulatorOptions::LambdaAuthorizer scriptedAuthorizer(const std::shared_ptr<ScriptUnit> &unit)
{
    return [unit](const EmulatorOptions::LambdaRequest &request,
                  const std::function<void(const EmulatorOptions::LambdaAnswer &)> &answer) {
        const QByteArray event =
            QJsonDocument(LambdaEvent::request(request)).toJson(QJsonDocument::Compact);
        unit->call({{u"op"_s, u"invoke"_s}, {u"event"_s, QString::fromUtf8(event)}},
                   [answer](const QJsonObject &result) {
                       if (result.contains("result"_L1))
                           return answer(
                               LambdaEvent::answer(result.value("result"_L1).toString().toUtf8()));
                       EmulatorOptions::LambdaAnswer refused;
                       refused.problem = u"the Lambda authorizer failed: "_s
                           + result.value("failed"_L1).toString();
                       answer(refused);
                   });
    };
}

} // namespace AppSync::Emulation
