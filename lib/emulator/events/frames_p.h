// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../serviceerror_p.h"

#include <QList>
#include <QString>

#include <chrono>

namespace AppSync {
class FaultPlan;
}

namespace AppSync::Emulation {

inline constexpr char kSubprotocol[] = "aws-appsync-event-ws";
inline constexpr char kOtherSubprotocol[] = "graphql-ws"; //!< of the service's other half

//! The verdict on one event of a publish.
struct EventVerdict {
    qsizetype index = 0;
    bool tooLarge = false;
    QString identifier;
    QString error = {}; //!< not null: what the service or the namespace's handler has against it

    [[nodiscard]] bool isGood() const { return !tooLarge && error.isNull(); }
};

//! The words that the emulator speaks: every server frame and HTTP body is made here.
namespace Frames {

[[nodiscard]] QString connectionAck(std::chrono::milliseconds timeout);
[[nodiscard]] QString keepAlive();
//! `subscribe_success` and `unsubscribe_success`.
[[nodiscard]] QString success(QStringView type, const QString &id);
//! Any `…_error` frame and `error`; an \a id of null is left out.
[[nodiscard]] QString failure(QStringView type, const QString &id, const ServiceError &error,
                              const FaultPlan &faults);
[[nodiscard]] QString publishSuccess(const QString &id, const QList<EventVerdict> &verdicts,
                                     const FaultPlan &faults);
//! The part of a `data` frame that is the same for everyone who gets it, in UTF-8.
[[nodiscard]] QByteArray dataTail(QStringView event, const FaultPlan &faults);
//! Appends what stands before it, for the subscription \a id.
template <typename Bytes> void appendDataHead(Bytes &out, QStringView id)
{
    for (const char c : QByteArrayView("{\"id\":\""))
        out.append(c);
    for (const QChar c : id) // ASCII that JSON does not escape
        out.append(c.toLatin1());
}

//! Bodies of HTTP answers.
[[nodiscard]] QString httpPublishResult(const QList<EventVerdict> &verdicts,
                                        const FaultPlan &faults);
[[nodiscard]] QString httpErrors(const ServiceError &error, const FaultPlan &faults);

} // namespace Frames

} // namespace AppSync::Emulation
