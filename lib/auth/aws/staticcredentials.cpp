// SPDX-License-Identifier: Apache-2.0
#include "staticcredentials.h"

using namespace Qt::StringLiterals;

namespace AppSync {

StaticCredentials::StaticCredentials(QObject *parent) : CredentialsSource(parent)
{
}

StaticCredentials::StaticCredentials(const QString &accessKeyId, const QString &secretAccessKey,
                                     const QString &sessionToken, QObject *parent)
    : CredentialsSource(parent)
{
    m_values.accessKeyId = accessKeyId.trimmed();
    m_values.secretAccessKey = secretAccessKey.trimmed();
    m_values.sessionToken = sessionToken.trimmed();
}

template <class Value> void StaticCredentials::set(Value AwsCredentials::*part, const Value &value)
{
    if (m_values.*part == value)
        return;
    m_values.*part = value;
    Q_EMIT credentialsChanged();
}

void StaticCredentials::setAccessKeyId(const QString &id)
{
    set(&AwsCredentials::accessKeyId, id.trimmed());
}

void StaticCredentials::setSecretAccessKey(const QString &secret)
{
    set(&AwsCredentials::secretAccessKey, secret.trimmed());
}

void StaticCredentials::setSessionToken(const QString &token)
{
    set(&AwsCredentials::sessionToken, token.trimmed());
}

void StaticCredentials::setExpiresAt(const QDateTime &expiresAt)
{
    set(&AwsCredentials::expiresAt, expiresAt.toUTC());
}

CredentialsReply *StaticCredentials::credentials()
{
    auto *reply = new CredentialsReply(this);
    QString missing;
    if (m_values.accessKeyId.isEmpty())
        missing = tr("The AWS access key id is missing.");
    else if (m_values.secretAccessKey.isEmpty())
        missing = tr("The secret of the AWS access key %1 is missing.").arg(m_values.accessKeyId);
    else if (m_values.accessKeyId.startsWith("ASIA"_L1) && m_values.sessionToken.isEmpty())
        missing = tr("The AWS access key %1 is a temporary one, and its session token is missing.")
                      .arg(m_values.accessKeyId);
    if (!missing.isEmpty()) {
        reply->fail(Error::local(Error::Kind::InvalidInput, missing,
                                 tr("Give the access key id, its secret and, for temporary "
                                    "credentials, the session token.")));
        return reply;
    }
    AwsCredentials given = m_values;
    given.source = displayName();
    reply->succeed(given);
    return reply;
}

QString StaticCredentials::displayName() const
{
    return m_values.accessKeyId.isEmpty() ? tr("AWS keys")
                                          : tr("AWS key %1").arg(m_values.accessKeyId);
}

} // namespace AppSync
