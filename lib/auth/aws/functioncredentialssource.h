// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentialssource.h"

#include <functional>

namespace AppSync {

//! AWS credentials from a function of the caller's. It is called for every request, and caches itself what is
//! expensive.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT FunctionCredentialsSource : public AppSync::CredentialsSource {
    Q_OBJECT

public:
    //! Answers with CredentialsReply::succeed() or fail(), at once or later. A later answer keeps the reply in a
    //! QPointer: it may be gone by then. Whoever asked has a deadline.
    using Function = std::function<void(CredentialsReply *reply)>;

    //! With \a function, owned by \a parent.
    explicit FunctionCredentialsSource(Function function, QObject *parent = nullptr);
    void setFunction(Function function); //!< used from the next request on

    CredentialsReply *credentials() override;
    //! Emits refused(). True, since the function may give other ones now; false without a function.
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    //! The service refused what the function gave last: what it has cached is of no use any more.
    void refused();

private:
    Function m_function;
};

} // namespace AppSync
