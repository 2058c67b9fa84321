// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

//! What tests that look for secrets in what the programs write and show have in common.
namespace Leaks {

//! The forms in which a text may leave a program.
inline QList<QByteArray> formsOf(const QByteArray &secret)
{
    const QJsonObject object{{QStringLiteral("s"), QString::fromUtf8(secret)}};
    QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    json = json.sliced(6, json.size() - 8);
    QList<QByteArray> forms{secret, json, secret.toPercentEncoding(), secret.toHex()};
    // Inside of base64, a text looks in one of three ways, but for the characters at its ends.
    for (int before = 0; before < 3; ++before) {
        const QByteArray base64 = (QByteArray(before, 'x') + secret).toBase64();
        const QByteArray inner = base64.sliced(4, base64.size() - 8);
        QByteArray url = inner;
        forms << inner << url.replace('+', '-').replace('/', '_');
    }
    return forms;
}

//! The form in which \a text has one of \a secrets; empty: it has none.
inline QByteArray leakIn(const QByteArray &text, const QList<QByteArray> &secrets)
{
    for (const QByteArray &secret : secrets) {
        for (const QByteArray &form : formsOf(secret)) {
            if (text.contains(form))
                return form;
        }
    }
    return {};
}

//! An answer that tells a client what it sent: the worst that a server or a proxy can do.
inline HttpServer::Answer tellAll(const HttpServer::Request &request)
{
    QJsonObject message{{QStringLiteral("url"), request.url.toString()},
                        {QStringLiteral("body"), QString::fromUtf8(request.body)}};
    for (auto it = request.headers.begin(); it != request.headers.end(); ++it)
        message.insert(QString::fromLatin1(it.key()), QString::fromUtf8(it.value()));
    // Authorizations come as base64url, in a subprotocol.
    for (const QByteArray &word : request.headers.value("sec-websocket-protocol").split(',')) {
        const QByteArray text = QByteArray::fromBase64(word.trimmed().replace("header-", ""),
                                                       QByteArray::Base64UrlEncoding);
        message.insert(QString::fromLatin1(word.trimmed().left(8)), QString::fromUtf8(text));
    }
    const QString words = QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact));
    const QJsonObject error{{QStringLiteral("errorType"), QStringLiteral("UnauthorizedException")},
                            {QStringLiteral("message"), words}};
    return {401,
            QJsonDocument(QJsonObject{{QStringLiteral("errors"), QJsonArray{error}}}).toJson(),
            "application/json",
            {{"x-amzn-ErrorMessage", words.toLatin1().left(1000)}},
            false};
}

//! Random secrets. SYNCSCOPE_TEST_SEED repeats those of a run.
class Secrets {
public:
    Secrets()
    {
        const quint32 seed = qEnvironmentVariableIsSet("SYNCSCOPE_TEST_SEED")
            ? qEnvironmentVariable("SYNCSCOPE_TEST_SEED").toUInt()
            : QRandomGenerator::global()->generate();
        qInfo("SYNCSCOPE_TEST_SEED=%u", seed);
        random.seed(seed);
    }

    QString make(const QString &alphabet = QStringLiteral("abcdefghkmnpqrstuvwxyzABCDEFGH23456789"))
    {
        QString text;
        const int size = 24 + int(random.bounded(24U));
        for (int i = 0; i < size; ++i)
            text += alphabet.at(random.bounded(alphabet.size()));
        all << text.toUtf8();
        return text;
    }

    QRandomGenerator random;
    QList<QByteArray> all;
};

} // namespace Leaks
