// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Authorizer>

#include <QJSValue>
// qqmlregistration.h alone does not compile QML_ELEMENT's siblings in Qt 6.4.
#include <QtQml/qqml.h>

namespace AppSyncQml {

//! An authorizer that is a JavaScript function, for IAM signatures that somebody else makes and for modes of
//! one's own:
//!     authorizer: SigningFunction { call: request => ({ Authorization: "…" }) }
//! The function gets the request to sign and an answer. It returns an object of all headers to be sent, or a
//! promise of one; or it returns nothing and calls answer.succeed(…) or answer.fail("why") later. It is called
//! for every request; onRefused tells that what it gave last is of no use.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class SigningFunction : public AppSync::Authorizer {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QJSValue call READ call WRITE setCall NOTIFY callChanged FINAL)

public:
    using Authorizer::Authorizer;
    [[nodiscard]] QJSValue call() const { return m_call; }
    void setCall(const QJSValue &call);

    AppSync::AuthReply *authorize(const AppSync::SignableRequest &request) override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void callChanged();
    //! The service refused what the function gave last.
    void refused();

private:
    QJSValue m_call;
};

} // namespace AppSyncQml
