// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

namespace AppSync {

//! What the emulator does wrong on purpose. Data, so that tests, files (`--faults`) and the desktop use
//! the same plan. All defaults mean "no fault".
class APPSYNC_EMULATOR_EXPORT FaultPlan {
public:
    int refuseUpgradeStatus = 0; //!< answer the upgrade with this HTTP status instead of 101
    bool neverAnswerUpgrade = false; //!< accept TCP, say nothing
    bool otherSubprotocol = false; //!< accept the upgrade, but for graphql-ws
    bool neverAck = false; //!< swallow connection_init
    bool refuseConnect = false; //!< connection_error to everyone, whatever the credentials
    bool neverKeepAlive = false; //!< sends no `ka`
    bool neverAnswerSubscribe = false; //!< nor subscribes
    bool neverAnswerPublish = false; //!< nor deliver it
    bool neverAnswerHttp = false; //!< reads a request and says nothing
    int dropAfterFrames =
        0; //!< cut TCP (no close frame) after so many frames were sent on a connection
    int cutInsideFrame = 0; //!< cut TCP in the middle of this frame of a connection, counted from 1
    int silentAfterFrames =
        0; //!< keep TCP open after so many frames, but send and read nothing more, pings included
    bool dropOnPublish = false; //!< carry a publish out, and cut TCP instead of answering it
    int closeCodeAfterAck = 0; //!< close with this code right behind the ack
    bool eventAsArray = false; //!< "event": ["…"] as the AWS page prints it
    bool errorsAsObject = false; //!< "errors": {…} instead of [{…}]
    bool numericFailureCode = false; //!< failed[].code as a number
    //! Takes IAM signatures over frames with `<`, `>` or `&` for wrong unless these were signed as \\u003c,
    //! \\u003e and \\u0026, as users report of the service. Without it, either way is right.
    bool htmlEscapedSignatures = false;
    std::chrono::milliseconds deliveryGap{
        0}; //!< events within this time after a subscribe_success are lost

    //! Reads the JSON form (member names as above, `deliveryGapMs` for the last). An unknown member or a
    //! wrong type is a problem, told with its name.
    static std::optional<FaultPlan> fromJson(const QByteArray &json, QString *problem);
};

} // namespace AppSync
