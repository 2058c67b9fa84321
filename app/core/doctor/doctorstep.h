// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Error>

#include <QList>
#include <QMetaType>
#include <QObject>
#include <QStringList>

#include <chrono>

namespace Syncscope {

//! One step of a Doctor: what it found, or why it failed or was skipped.
class DoctorStep {
    Q_GADGET

public:
    enum class Kind {
        Endpoint, //!< what was understood of the pasted text
        Credentials, //!< which ones, from where
        Dns,
        Tcp,
        Tls,
        Http, //!< whether the HTTP endpoint answers anything
        Request, //!< the upgrade as it will go out, masked
        Upgrade, //!< the server's answer to it
        Handshake, //!< connection_init and its ack
        Subscribe,
        Publish,
        Delivery, //!< whether published events come back, and how soon after the acknowledgement
        Query, //!< of GraphQL: whether the smallest query is answered
        Introspection, //!< of GraphQL: whether the API tells its schema
    };
    Q_ENUM(Kind)

    enum class Outcome { Ok, Failed, Skipped };
    Q_ENUM(Outcome)

    //! One thing that was found: `addresses`, `chain`, `headers`, … Nothing in it is a secret of ours.
    struct Fact {
        QString name;
        QStringList values;
        friend bool operator==(const Fact &, const Fact &) = default;
    };

    Kind kind = Kind::Endpoint;
    Outcome outcome = Outcome::Ok;
    std::chrono::nanoseconds duration{0}; //!< 0 where nothing was waited for
    QString summary; //!< what was found, or why it was skipped; empty if it failed
    QList<Fact> facts;
    AppSync::Error error; //!< only if it failed

    static DoctorStep ok(const QString &summary, const QList<Fact> &facts = {},
                         std::chrono::nanoseconds duration = {})
    {
        return {Kind::Endpoint, Outcome::Ok, duration, summary, facts, {}};
    }
    static DoctorStep failed(const AppSync::Error &error, const QList<Fact> &facts = {},
                             std::chrono::nanoseconds duration = {})
    {
        return {Kind::Endpoint, Outcome::Failed, duration, {}, facts, error};
    }
    static DoctorStep skipped(const QString &reason)
    {
        return {Kind::Endpoint, Outcome::Skipped, {}, reason, {}, {}};
    }

    //! The values of a fact; empty if there is none of that name.
    [[nodiscard]] QStringList values(const QString &name) const;
};

//! The names that scripts read: `endpoint`, `dns`, …; `ok`, `failed`, `skipped`.
[[nodiscard]] QString toText(DoctorStep::Kind kind);
[[nodiscard]] QString toText(DoctorStep::Outcome outcome);

} // namespace Syncscope

Q_DECLARE_METATYPE(Syncscope::DoctorStep)
