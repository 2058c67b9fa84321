// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace AppSync {

//! What the emulator does wrong on purpose. Data, so that tests, files (`--faults`), the control endpoint and
//! the desktop use the same plan. All defaults mean "no fault".
//!
//! A plan is a list of faults, each with conditions: how often, when, for whom. The other members are short
//! for a Fault of their name without conditions.
class APPSYNC_EMULATOR_EXPORT FaultPlan {
public:
    //! What goes wrong. In JSON they are spelled as the members below are, with a small first letter;
    //! those of a time end in `Ms` there.
    enum class Kind {
        // at the upgrade
        RefuseUpgradeStatus, //!< see the member
        NeverAnswerUpgrade, //!< see the member
        OtherSubprotocol, //!< see the member
        // at the handshake
        NeverAck, //!< see the member
        AckDelay, //!< `connection_ack` comes so many ms later
        RefuseConnect, //!< see the member; with an errorType, that one
        CloseCodeAfterAck, //!< see the member
        // of a connection
        NeverKeepAlive, //!< see the member
        DropAfterFrames, //!< see the member
        CutInsideFrame, //!< see the member
        SilentAfterFrames, //!< see the member
        HalfOpen, //!< TCP stays open, and nothing is sent or read any more, pings included
        CloseCode, //!< ends open connections, and new ones behind the ack, with this code; 1006: cuts TCP
        // of an operation
        NeverAnswerSubscribe, //!< see the member
        NeverAnswerPublish, //!< see the member
        NeverAnswerHttp, //!< see the member
        DropOnPublish, //!< see the member
        AnswerDelay, //!< answers to subscribe, unsubscribe, publish and HTTP come so many ms later
        SubscribeError, //!< `subscribe_error` with the errorType
        PublishError, //!< `publish_error`, over HTTP an error answer, with the errorType
        HttpError, //!< publishes over HTTP get this status, with the errorType
        // of deliveries
        DeliveryGap, //!< see the member
        DeliveryDelay, //!< events come so many ms later
        LoseEvents, //!< accepted, and not delivered
        ShuffleEvents, //!< the events of a publish in any order
        BroadcastError, //!< `broadcast_error` with the errorType instead of an event
        // of forms
        EventAsArray, //!< see the member
        ErrorsAsObject, //!< see the member
        ErrorsWithoutMessage, //!< see the member
        NumericFailureCode, //!< see the member
        HtmlEscapedSignatures, //!< see the member; takes no conditions
    };

    //! A fault with its conditions; all of them must hold.
    struct Fault {
        Kind kind = Kind::NeverAck; //!< what happens
        int value = 0; //!< what Kind says: a status, a code, a number of frames, ms
        QString errorType = {}; //!< of the kinds that end in Error; empty: the service's usual one
        //! Of the kinds that end in Error; empty: the service's for errorType.
        QString message = {};

        //! Probability from 0 to 1, for each connection (kinds "of a connection"), otherwise for each time.
        //! Which ones it hits depends on Options::seed only.
        double rate = 1;
        std::chrono::milliseconds from{0}; //!< begins so long after the plan was set
        std::chrono::milliseconds duration{0}; //!< and lasts so long; 0: for ever
        int times = 0; //!< hits so often at most; 0: any number

        // For whom; `*` is any text, `?` any character; empty: anybody.
        QString connection = {}; //!< EmulatorConnection::id
        QString peer = {}; //!< `ADDRESS:PORT` or ADDRESS
        //! `API_KEY`, `AWS_IAM`, …: the mode that a connection was opened with, and for PublishError that of
        //! the publish. Never holds where it is not known: at the upgrade and for HttpError, NeverAnswerHttp.
        QString authType = {};
        QString user = {}; //!< username, subject or ARN; known where authType is
        QString channel = {}; //!< one, or all below a star at the end; `ns`: the whole namespace

        //! Whether it hits everybody every time.
        [[nodiscard]] bool isUnconditional() const;
        friend bool operator==(const Fault &, const Fault &) = default;
    };

    QList<Fault> faults; //!< beside those below

    int refuseUpgradeStatus = 0; //!< answer the upgrade with this HTTP status instead of 101
    bool neverAnswerUpgrade = false; //!< accept TCP, say nothing
    bool otherSubprotocol = false; //!< accept the upgrade, but for graphql-ws
    bool neverAck = false; //!< swallow connection_init
    bool refuseConnect = false; //!< connection_error to everyone, whatever the credentials
    bool neverKeepAlive = false; //!< sends no `ka`
    bool neverAnswerSubscribe = false; //!< nor subscribes
    bool neverAnswerPublish = false; //!< nor deliver it
    bool neverAnswerHttp = false; //!< reads a request and says nothing
    //! Cut TCP (no close frame) after so many frames were sent on a connection.
    int dropAfterFrames = 0;
    int cutInsideFrame = 0; //!< cut TCP in the middle of this frame of a connection, counted from 1
    //! Keep TCP open after so many frames, but send and read nothing more, pings included.
    int silentAfterFrames = 0;
    bool dropOnPublish = false; //!< carry a publish out, and cut TCP instead of answering it
    int closeCodeAfterAck = 0; //!< close with this code right behind the ack
    bool eventAsArray = false; //!< "event": ["…"] as the AWS page prints it
    bool errorsAsObject = false; //!< "errors": {…} instead of [{…}]
    bool errorsWithoutMessage = false; //!< errors have a type only
    bool numericFailureCode = false; //!< failed[].code as a number
    //! Takes IAM signatures over frames with `<`, `>` or `&` for wrong unless these were signed as \\u003c,
    //! \\u003e and \\u0026, as users report of the service. Without it, either way is right.
    bool htmlEscapedSignatures = false;
    //! Events within this time after a subscribe_success are lost.
    std::chrono::milliseconds deliveryGap{0};

    //! Reads the JSON form: an object with a member for each kind that is to happen, and `faults`, an array
    //! of `{"kind", "value", "message", "rate", "times", "when": {"fromMs", "forMs"}, "for": {"connection",
    //! "peer", "authType", "user", "channel"}}`. An unknown member or a wrong type is a problem, told with its
    //! name; \a problem may be null.
    static std::optional<FaultPlan> fromJson(const QByteArray &json, QString *problem);
    //! What fromJson() reads.
    [[nodiscard]] QJsonObject toJson() const;
    //! All of it as a list: the short members first.
    [[nodiscard]] QList<Fault> toList() const;

    friend bool operator==(const FaultPlan &, const FaultPlan &) = default;
};

} // namespace AppSync
