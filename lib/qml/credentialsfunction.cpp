// SPDX-License-Identifier: Apache-2.0
#include "credentialsfunction.h"

#include "functionanswer.h"

using namespace Qt::StringLiterals;

namespace AppSyncQml {

CredentialsFunction::CredentialsFunction(QObject *parent) : FunctionCredentialsSource({}, parent)
{
    setFunction([this](AppSync::CredentialsReply *reply) { ask(reply); });
}

void CredentialsFunction::setCall(const QJSValue &call)
{
    if (m_call.strictlyEquals(call))
        return;
    m_call = call;
    Q_EMIT callChanged();
}

void CredentialsFunction::ask(AppSync::CredentialsReply *reply)
{
    const auto take = [this, reply](const QJSValue &value) {
        if (!value.isObject())
            return tr("The function gave no object as the AWS credentials.");
        const auto text = [&value](const QString &name) {
            const QJSValue member = value.property(name);
            return member.isString() ? member.toString().trimmed() : QString();
        };
        AppSync::AwsCredentials credentials;
        credentials.accessKeyId = text(u"accessKeyId"_s);
        credentials.secretAccessKey = text(u"secretAccessKey"_s);
        credentials.sessionToken = text(u"sessionToken"_s);
        credentials.expiresAt = value.property(u"expiresAt"_s).toDateTime().toUTC();
        credentials.source = displayName();
        reply->succeed(credentials);
        return QString();
    };
    FunctionAnswer::call(m_call, this, {},
                         new FunctionAnswer(reply, take, [reply](const AppSync::Error &error) {
                             reply->fail(error);
                         }));
}

} // namespace AppSyncQml
