// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../http/httpresponse_p.h"
#include "bearertoken_p.h"

#include <QJsonObject>

#include <variant>

namespace AppSync {
class Emulator;
}

namespace AppSync::Emulation {

//! The control endpoint `/_local`: what the desktop does by calls, for programs that have the token.
class LocalControl {
public:
    explicit LocalControl(Emulator &emulator) : m_emulator(emulator) { }

    //! \a refusal: why not, for the log; empty if it was done.
    HttpResponse handle(const HttpRequest &request, const BearerToken &token, QString *refusal);

private:
    using Result = std::variant<QJsonObject, HttpResponse, ServiceError>;

    [[nodiscard]] Result dispatch(const HttpRequest &request);
    [[nodiscard]] Result faults(const HttpRequest &request);
    [[nodiscard]] Result connections(const HttpRequest &request, const QString &id);
    [[nodiscard]] Result metrics(const HttpRequest &request);
    [[nodiscard]] Result scenario(const HttpRequest &request);
    [[nodiscard]] Result keepAlives(const HttpRequest &request);
    [[nodiscard]] QJsonObject state() const;
    bool end(const QString &id, bool isCut, int code);

    Emulator &m_emulator;
};

} // namespace AppSync::Emulation
