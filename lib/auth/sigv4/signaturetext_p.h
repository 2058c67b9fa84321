// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QList>
#include <QPair>
#include <QString>

#include <optional>

//! Reads canonical requests and what AWS services say about signatures.
namespace AppSync::SignatureText {

//! A canonical request, taken apart. What is missing is null.
struct Canonical {
    QString method;
    QString path;
    QString query;
    QList<QPair<QString, QString>> headers; //!< name and value, in order
    QString signedHeaders;
    QString bodyHash;

    //! The value of the header \a name; null if there is none.
    [[nodiscard]] QString header(const QString &name) const;
};
Canonical canonical(const QString &text);

//! A string to sign, taken apart.
struct StringToSign {
    QString algorithm;
    QString date;
    QString scope;
    QString hash;
};
StringToSign stringToSign(const QString &text);

//! What a server says that it expected. Empty where it does not say.
struct Expected {
    QString canonicalRequest;
    QString stringToSign;
};
//! From the message itself, or from JSON text around it.
Expected expected(const QString &serverText);

//! `20250115T123456Z`
QDateTime date(const QString &basicFormat);
//! The server's own time in words about a signature that is too old or too new.
std::optional<QDateTime> serverTime(const QString &serverText);

} // namespace AppSync::SignatureText
