// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QMetaType>
#include <QObject>
#include <QString>

namespace AppSync {

//! One entry of the `errors` of a GraphQL result.
class APPSYNC_EXPORT GraphQlError {
    Q_GADGET
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(QString type MEMBER type)
    Q_PROPERTY(QJsonArray path MEMBER path)
    Q_PROPERTY(QString pathText READ pathText)
    Q_PROPERTY(int line MEMBER line)
    Q_PROPERTY(int column MEMBER column)
    Q_PROPERTY(QJsonObject raw MEMBER raw)

public:
    QString message; //!< the service's or the resolver's words
    QString type; //!< AppSync's `errorType`, as it was sent; may be empty
    QJsonArray path; //!< names of fields and indexes of lists down to what failed; may be empty
    int line = 0; //!< in the document, from 1; 0 where it is not told
    int column = 0; //!< likewise
    QJsonObject raw; //!< the whole entry: `errorInfo`, `data`, further locations, …

    //! \a entry is an object, or whatever else a server put there.
    static GraphQlError fromJson(const QJsonValue &entry);
    //! path as one text: `messages.0.body`.
    [[nodiscard]] QString pathText() const;
    //! type, message and the place for a log or a terminal.
    [[nodiscard]] QString toString() const;

    friend bool operator==(const GraphQlError &, const GraphQlError &) = default;
};

//! What one execution came to: `data`, `errors`, `extensions`. A subscription gets one with each event, a query
//! or a mutation has one in its reply. The text that it came in is kept (implicitly shared), and taken apart when
//! asked for.
class APPSYNC_EXPORT GraphQlResult {
    Q_GADGET
    Q_PROPERTY(QJsonValue data READ data)
    Q_PROPERTY(bool hasData READ hasData)
    Q_PROPERTY(QList<AppSync::GraphQlError> errors READ errors)
    Q_PROPERTY(QJsonObject extensions READ extensions)
    Q_PROPERTY(QString text READ text)
    Q_PROPERTY(QString dataText READ dataText)
    Q_PROPERTY(QString subscriptionId MEMBER subscriptionId)
    Q_PROPERTY(QDateTime receivedAt READ receivedAt)

public:
    GraphQlResult() = default;
    //! The object stands in \a source from \a begin to before \a end.
    GraphQlResult(const QString &source, qsizetype begin, qsizetype end);
    //! A result whose JSON text is known already.
    static GraphQlResult fromJson(const QByteArray &json);

    QString subscriptionId; //!< Subscription::subscriptionId of the receiver; empty of a reply
    qint64 frameSeq = 0; //!< Frame::seq of the frame that carried it; 0 of a reply
    qint64 receivedAtMs = 0; //!< milliseconds since 1970-01-01 UTC

    [[nodiscard]] QDateTime receivedAt() const; //!< receivedAtMs, in UTC
    //! The whole result as UTF-8, byte for byte as it was sent: 64-bit integers, key order and duplicate keys
    //! are intact. Empty for a default-constructed one.
    [[nodiscard]] QByteArray json() const;
    [[nodiscard]] QString text() const; //!< json() as a string
    //! `data` alone, likewise as it was sent; empty if there is none.
    [[nodiscard]] QByteArray dataJson() const;
    [[nodiscard]] QString dataText() const; //!< dataJson() as a string
    //! There is `data`, and it is not null. A result without it may still have errors, and the other way round.
    [[nodiscard]] bool hasData() const;
    //! `data` parsed, a convenience that rounds integers above 2^53 and sorts keys; Null where the server said
    //! so, Undefined where it sent none.
    [[nodiscard]] QJsonValue data() const;
    [[nodiscard]] QList<GraphQlError> errors() const; //!< empty where there are none
    [[nodiscard]] QJsonObject extensions() const; //!< likewise

private:
    [[nodiscard]] QStringView member(QStringView name) const;

    QString m_source;
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::GraphQlError)
Q_DECLARE_METATYPE(AppSync::GraphQlResult)
