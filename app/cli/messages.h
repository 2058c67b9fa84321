// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/exitcode.h"
#include "app/core/capture/capturefile.h"
#include "app/core/doctor/doctorstep.h"
#include "app/core/latencies.h"
#include "app/core/profile.h"

#include <AppSync/Echo>
#include <AppSync/Event>
#include <AppSync/Frame>
#include <AppSync/GraphQlResult>
#include <AppSync/Reply>

#include <QList>

#include <optional>

//! The members of each kind of output line behind `v`, `n` and `t`, as JSON text without braces. Their
//! order is part of the contract with scripts.
namespace Syncscope::Cli::Messages {

//! How a payload is shown.
enum class PayloadKind {
    Json,
    Text, //!< not JSON
    Binary, //!< not UTF-8
};

//! One payload: its bytes as they were published, and what they are.
class Payload {
public:
    explicit Payload(const AppSync::Event &event);

    QByteArray bytes;
    PayloadKind kind = PayloadKind::Json;
};

//! Line breaks between JSON tokens become spaces if \a singleLine; else the payload's text is exact.
[[nodiscard]] QByteArray event(const AppSync::Event &event, const Payload &payload,
                               bool singleLine);

//! The result of an execution, or of an event of a subscription. \a operation: its name, may be empty.
[[nodiscard]] QByteArray result(const QString &operation, const AppSync::GraphQlResult &result,
                                bool singleLine);

//! The answer to one publish.
struct Published {
    QString channel;
    QList<AppSync::PublishedEvent> successful;
    QList<AppSync::PublishedEvent> failed;
};
[[nodiscard]] QByteArray published(const Published &result);

//! What a capture holds.
[[nodiscard]] QByteArray captureInfo(const QString &path, const CaptureFile::Summary &summary,
                                     const QList<CaptureFile::Connection> &connections,
                                     const QList<CaptureFile::Group> &groups);

//! A publish as it would be sent.
struct Request {
    QString channel;
    QString via; //!< `ws` or `http`
    QString url;
    int events = 0;
    qsizetype bytes = 0; //!< of all events
    QByteArray body; //!< the frame or the HTTP body, credentials masked
    QList<QPair<QByteArray, QByteArray>> headers; //!< over HTTP
};
[[nodiscard]] QByteArray request(const Request &request);

//! One event of `echo` and what became of it.
[[nodiscard]] QByteArray echo(const QString &channel, const AppSync::Echo &echo);

//! What `echo` measured.
struct EchoSummary {
    QString channel;
    QString listen; //!< the channel that was subscribed
    QString via; //!< `ws` or `http`
    int count = 0; //!< events published
    int received = 0;
    int lost = 0;
    int failed = 0;
    int waiting = 0; //!< neither, when it ended
    Latencies latencies; //!< of those received
    std::optional<std::chrono::nanoseconds> acknowledged; //!< from the start to the acknowledgement
    std::optional<std::chrono::nanoseconds>
        ready; //!< from there until events flowed, at the latest
};
[[nodiscard]] QByteArray summary(const EchoSummary &summary);

//! One step of `doctor`.
[[nodiscard]] QByteArray step(const DoctorStep &step);

//! A profile as it is saved: its secrets are references.
struct StoredProfile {
    Profile profile;
    bool isDefault = false;
    bool isBrief = false; //!< one line for people
    QStringList missing;
    QStringList notes;
};
[[nodiscard]] QByteArray profile(const StoredProfile &stored);
//! \a secrets: how many of the keychain went with it.
[[nodiscard]] QByteArray removed(const QString &name, int secrets);

//! A frame that is neither an event nor the answer to a publish.
[[nodiscard]] QByteArray control(const AppSync::Frame &frame);
[[nodiscard]] QByteArray error(const QString &where, const QString &channel,
                               const AppSync::Error &error);
[[nodiscard]] QByteArray gap(const QDateTime &from, const QDateTime &to, const QString &reason);
[[nodiscard]] QByteArray end(qint64 received, ExitCode exitCode);

} // namespace Syncscope::Cli::Messages
