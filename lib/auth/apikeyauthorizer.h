// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"

namespace AppSync {

//! API key mode: sends `x-api-key`. An empty key fails here, as Error::Kind::InvalidInput, and nothing is
//! sent. The key is kept in memory and appears in no log and no Frame.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT ApiKeyAuthorizer : public AppSync::Authorizer {
    Q_OBJECT
    Q_PROPERTY(QString key READ key WRITE setKey NOTIFY keyChanged FINAL)

public:
    explicit ApiKeyAuthorizer(QObject *parent = nullptr);
    //! With \a key, owned by \a parent.
    explicit ApiKeyAuthorizer(const QString &key, QObject *parent = nullptr);

    //! `da2-…` as a rule; empty by default.
    [[nodiscard]] QString key() const { return m_key; }
    void setKey(const QString &key); //!< used from the next request on

    AuthReply *authorize(const SignableRequest &request) override;
    [[nodiscard]] std::optional<Headers> headersAtHand(const SignableRequest &request) override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void keyChanged();

private:
    QString m_key;
};

} // namespace AppSync
