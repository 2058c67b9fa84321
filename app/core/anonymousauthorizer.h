// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Authorizer>

namespace Syncscope {

//! `--auth none`: sends no credentials, for endpoints behind a proxy that adds them, and to see what the
//! service says without any.
class AnonymousAuthorizer : public AppSync::Authorizer {
    Q_OBJECT

public:
    explicit AnonymousAuthorizer(QObject *parent = nullptr);

    AppSync::AuthReply *authorize(const AppSync::SignableRequest &request) override;
    [[nodiscard]] QString displayName() const override;
};

} // namespace Syncscope
