// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/FunctionCredentialsSource>

#include <QJSValue>
// qqmlregistration.h alone does not compile QML_ELEMENT's siblings in Qt 6.4.
#include <QtQml/qqml.h>

namespace AppSyncQml {

//! AWS credentials from a JavaScript function:
//!     IamAuthorizer { source: CredentialsFunction { call: () => vault.keys } }
//! The function gets an answer. It returns an object with `accessKeyId`, `secretAccessKey`, and where they are
//! temporary `sessionToken` and `expiresAt`, or a promise of one; or it returns nothing and calls
//! answer.succeed(…) or answer.fail("why") later. It is called for every request; onRefused tells that what it
//! gave last is of no use.
class CredentialsFunction : public AppSync::FunctionCredentialsSource {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QJSValue call READ call WRITE setCall NOTIFY callChanged FINAL)

public:
    explicit CredentialsFunction(QObject *parent = nullptr);
    [[nodiscard]] QJSValue call() const { return m_call; }
    void setCall(const QJSValue &call);

Q_SIGNALS:
    void callChanged();

private:
    void ask(AppSync::CredentialsReply *reply);

    QJSValue m_call;
};

} // namespace AppSyncQml
