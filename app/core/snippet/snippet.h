// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/authmode.h"
#include "app/core/capture/capturedframe.h"

#include <AppSync/Endpoint>

#include <QByteArray>
#include <QList>

#include <optional>

namespace Syncscope {

//! Where a snippet connects, and how each operation is authorized there.
class SnippetTarget {
public:
    AppSync::Endpoint endpoint;
    AuthMode connect = AuthMode::ApiKey;
    AuthMode subscribe = AuthMode::ApiKey;
    AuthMode publish = AuthMode::ApiKey; //!< queries and mutations, too

    [[nodiscard]] bool isGraphQl() const
    {
        return endpoint.service() == AppSync::Endpoint::Service::GraphQl;
    }
};

//! What a frame did, as far as it can be done again. Texts are UTF-8, payloads as they were on the wire.
class SnippetAction {
public:
    enum class Kind {
        None,
        Publish, //!< also of what was delivered: to its channel again
        Subscribe,
        Execute, //!< a query or a mutation
        SubscribeGraphQl,
    };

    Kind kind = Kind::None;
    bool overHttp = false;
    QByteArray channel;
    bool hasPlace = false; //!< the channel is not known: a part of it wants to be filled in
    QList<QByteArray> events;
    QByteArray document;
    QByteArray variables; //!< JSON text; empty: none
    QByteArray operationName;

    static SnippetAction of(const CapturedFrame &frame);
    [[nodiscard]] bool isNone() const { return kind == Kind::None; }
    [[nodiscard]] bool needsSocket() const
    {
        return kind == Kind::Subscribe || kind == Kind::SubscribeGraphQl;
    }
    //! How \a target authorizes it.
    [[nodiscard]] AuthMode mode(const SnippetTarget &target) const
    {
        return needsSocket() ? target.subscribe : target.publish;
    }
};

enum class SnippetLanguage { Shell, AmplifyJs, Python, Go, Cpp };

//! A command or a program that does \a action; empty if that is none. Credentials come from the environment when
//! it runs: SYNCSCOPE_API_KEY, SYNCSCOPE_TOKEN, or what the tools of AWS use.
[[nodiscard]] QByteArray snippet(const SnippetAction &action, const SnippetTarget &target,
                                 SnippetLanguage language);

//! How a frame that we sent was authorized, as far as its masked envelope tells.
[[nodiscard]] std::optional<AuthMode> authModeOf(const CapturedFrame &frame);

} // namespace Syncscope
