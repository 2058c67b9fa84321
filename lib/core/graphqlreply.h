// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graphqlresult.h"
#include "networksettings.h"
#include "reply.h"

namespace AppSync {

//! The answer to a query or a mutation. error() tells that the operation as a whole failed: it was not sent or
//! not answered, the server refused it by its HTTP status, or executed nothing (no `data`). Errors of single
//! fields beside data are no error(), but in errors().
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT GraphQlReply : public AppSync::Reply {
    Q_OBJECT
    Q_PROPERTY(AppSync::GraphQlResult result READ result NOTIFY finished FINAL)
    Q_PROPERTY(QJsonValue data READ data NOTIFY finished FINAL)
    Q_PROPERTY(QList<AppSync::GraphQlError> errors READ errors NOTIFY finished FINAL)
    Q_PROPERTY(QJsonObject extensions READ extensions NOTIFY finished FINAL)
    Q_PROPERTY(int httpStatus READ httpStatus NOTIFY finished FINAL)
    Q_PROPERTY(QString requestId READ requestId NOTIFY finished FINAL)
    Q_PROPERTY(QString operationId READ operationId CONSTANT FINAL)
    Q_PROPERTY(QDateTime sentAt READ sentAt NOTIFY sent FINAL)
    Q_PROPERTY(QDateTime answeredAt READ answeredAt NOTIFY finished FINAL)

public:
    //! The answer as it came; empty if there was none of GraphQL.
    [[nodiscard]] GraphQlResult result() const { return m_result; }
    [[nodiscard]] QJsonValue data() const { return m_result.data(); } //!< of the result
    [[nodiscard]] QList<GraphQlError> errors() const { return m_result.errors(); } //!< likewise
    [[nodiscard]] QJsonObject extensions() const { return m_result.extensions(); } //!< likewise
    [[nodiscard]] int httpStatus() const { return m_httpStatus; } //!< 0 if there was no answer
    [[nodiscard]] Headers headers() const { return m_headers; } //!< of the answer
    //! The service's name of the request (`x-amzn-RequestId`), which its logs use; empty if it gave none.
    [[nodiscard]] QString requestId() const { return m_requestId; }
    //! The id of its frames; Frame::id of the tap.
    [[nodiscard]] QString operationId() const { return m_operationId; }
    //! When it left, UTC; invalid while it waits for credentials.
    [[nodiscard]] QDateTime sentAt() const;
    //! When the server's answer was complete, UTC; invalid if there was none.
    [[nodiscard]] QDateTime answeredAt() const;

Q_SIGNALS:
    //! The request is on its way; again after a retry with new credentials.
    void sent();

protected:
    //! For the library: whoever carries it out fills in the members before finish().
    GraphQlReply(const QString &operationId, QObject *parent);
    GraphQlResult m_result; //!< what result() returns
    Headers m_headers; //!< what headers() returns
    QString m_requestId; //!< what requestId() returns
    int m_httpStatus = 0; //!< what httpStatus() returns
    qint64 m_sentAtMs = 0; //!< milliseconds since 1970-01-01 UTC, 0: not yet
    qint64 m_answeredAtMs = 0; //!< likewise

private:
    QString m_operationId;
};

} // namespace AppSync
