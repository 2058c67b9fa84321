// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "execution_p.h"
#include "subscriptionfilter_p.h"

namespace AppSync::Emulation {

//! What resolvers know of the request that they are part of, and what they said beside their values.
struct ResolverRequest {
    Caller caller;
    Credentials credentials;
    QJsonObject variables;
    // Of a Subscription:
    QJsonValue filter = QJsonValue(QJsonValue::Undefined);
    QJsonValue invalidationFilter = QJsonValue(QJsonValue::Undefined);
    //! Of a Mutation: `{"subscriptionField", "payload"}`.
    QList<QJsonObject> invalidations = {};
};

//! Answers fields.
class ResolverSet {
public:
    virtual ~ResolverSet() = default;

    //! Whether there is a resolver for the field; then it calls \a answer once, now or later.
    virtual bool resolve(const std::shared_ptr<ResolverRequest> &request,
                         const Execution::Call &call, const Execution::Answer &answer) = 0;
};

} // namespace AppSync::Emulation
