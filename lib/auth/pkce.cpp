// SPDX-License-Identifier: Apache-2.0
#include "pkce_p.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <vector>

namespace AppSync {

namespace {

QString base64Url(const QByteArray &bytes)
{
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

Pkce Pkce::create()
{
    const QString verifier = randomText();
    return {verifier, challengeOf(verifier)};
}

QString Pkce::challengeOf(const QString &verifier)
{
    return base64Url(QCryptographicHash::hash(verifier.toLatin1(), QCryptographicHash::Sha256));
}

QString randomText(qsizetype bytes)
{
    std::vector<quint32> words((size_t(bytes) + 3) / 4);
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return base64Url(QByteArray(reinterpret_cast<const char *>(words.data()), bytes));
}

} // namespace AppSync
