// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/FunctionTokenSource>

#include <QJSValue>
// qqmlregistration.h alone does not compile QML_ELEMENT's siblings in Qt 6.4.
#include <QtQml/qqml.h>

namespace AppSyncQml {

//! Tokens, or API keys, from a JavaScript function:
//!     TokenAuthorizer { source: TokenFunction { call: request => session.token } }
//! The function gets the request and an answer. It returns the token, or an object with `token`, `expiresAt` and
//! `idToken`, or a promise of either; or it returns nothing and calls answer.succeed(…) or answer.fail("why")
//! later. It is called for every request; onRefused tells that what it gave last is of no use.
class TokenFunction : public AppSync::FunctionTokenSource {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QJSValue call READ call WRITE setCall NOTIFY callChanged FINAL)

public:
    explicit TokenFunction(QObject *parent = nullptr);
    [[nodiscard]] QJSValue call() const { return m_call; }
    void setCall(const QJSValue &call);

Q_SIGNALS:
    void callChanged();

private:
    void ask(const AppSync::SignableRequest &request, AppSync::TokenReply *reply);

    QJSValue m_call;
};

} // namespace AppSyncQml
