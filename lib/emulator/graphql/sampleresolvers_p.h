// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../now_p.h"
#include "resolver_p.h"

namespace AppSync::Emulation {

//! Those of ExecutableSchema::sampleSdl(): messages in rooms, as many as fit.
class SampleResolvers : public ResolverSet {
public:
    explicit SampleResolvers(Now now) : m_now(std::move(now)) { }

    bool resolve(const std::shared_ptr<ResolverRequest> &request, const Execution::Call &call,
                 const Execution::Answer &answer) override;

private:
    [[nodiscard]] FieldAnswer answerOf(const QString &field, const QJsonObject &arguments);
    [[nodiscard]] QJsonArray messages(const QJsonObject &arguments) const;
    [[nodiscard]] QJsonObject send(const QJsonObject &arguments);

    const Now m_now;
    QList<QJsonObject> m_messages; //!< oldest first
    qint64 m_bytes = 0; //!< of their texts
};

} // namespace AppSync::Emulation
