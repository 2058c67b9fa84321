// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tokensource.h"

#include <functional>

namespace AppSync {

//! Tokens from a function of the caller's. It is called for every request, and caches itself what is expensive.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT FunctionTokenSource : public AppSync::TokenSource {
    Q_OBJECT

public:
    //! Answers with TokenReply::succeed() or fail(), at once or later. A later answer keeps the reply in a
    //! QPointer: it may be gone by then. Whoever asked has a deadline.
    using Function = std::function<void(const SignableRequest &request, TokenReply *reply)>;

    //! With \a function, owned by \a parent.
    explicit FunctionTokenSource(Function function, QObject *parent = nullptr);
    void setFunction(Function function); //!< used from the next request on

    TokenReply *token(const SignableRequest &request) override;
    //! Emits refused(). True, since the function may give another token now; false without a function.
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    //! The service refused what the function gave last: what it has cached is of no use any more.
    void refused();

private:
    Function m_function;
};

} // namespace AppSync
