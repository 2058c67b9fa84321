// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema.h"

#include <QJsonObject>

//! What AppSync accepts without a word, although it makes events stay away or arrive incomplete. Unlike what
//! validate() finds, nothing of it is an error.
namespace AppSync::GraphQl {

//! An operation as it is about to be sent.
struct LintRequest {
    Document document; //!< all of it
    QString operationName; //!< which one is sent; may be empty if there is only one
    QJsonObject variables; //!< as they are sent: what is not in it is left out
};

//! One thing that was found.
struct LintFinding {
    //! What it is about.
    enum class Rule {
        NullArgument, //!< a subscription's argument is null instead of left out
        NoLiveFilter, //!< no argument of a subscription has a value
        UnselectedField, //!< a subscription selects what the mutation that triggers it does not
        UnselectedFilter, //!< a subscription filters by such a field
        EventSize, //!< a mutation's event is, or comes close to being, too large to be delivered
        SubscriptionCount, //!< more subscriptions than one connection may have, or nearly
    };

    Rule rule = Rule::NullArgument; //!< what it is about
    int request = -1; //!< index of the LintRequest; -1: it is about all of them, or about none
    Position position; //!< in that request's document
    QString message; //!< one sentence that says what was found
    QString reason; //!< why it matters
    QString nextStep; //!< what to do about it

    //! The three of them, behind `line:column: ` where there is a request.
    [[nodiscard]] APPSYNC_GRAPHQL_EXPORT QString toString() const;
};

//! Events that are larger than this are dropped without an error.
inline constexpr qsizetype kEventMaxBytes = 245'760;
//! AWS does not say whether its 240 KB have 1000 or 1024 bytes: between the two there is a warning too.
inline constexpr qsizetype kEventWarnBytes = 240'000;
//! Subscriptions that one connection may have.
inline constexpr qsizetype kSubscriptionsPerConnection = 100;
//! As many are a warning: what nobody stops adds up.
inline constexpr qsizetype kSubscriptionsWarn = 80;

//! What is found in \a requests, which go out on one connection. A subscription is compared with all mutations of
//! their documents and of the documents \a others that trigger it, as the `@aws_subscribe` of \a schema says. Of a
//! schema that was read from an introspection result, where such directives are missing, only the arguments that
//! subscriptions may have are used; of an empty one nothing. At most fifty findings, by request and place.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT QList<LintFinding> lint(const QList<LintRequest> &requests,
                                                             const Schema &schema = {},
                                                             const QList<Document> &others = {});

//! What it means that the value of a mutation's field takes \a bytes of JSON text in UTF-8; nothing if it is no
//! trouble.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT std::optional<LintFinding>
lintEventSize(const QString &mutation, qsizetype bytes);

//! What it means that a connection has \a count subscriptions; nothing if it is no trouble.
[[nodiscard]] APPSYNC_GRAPHQL_EXPORT std::optional<LintFinding>
lintSubscriptionCount(qsizetype count);

} // namespace AppSync::GraphQl
