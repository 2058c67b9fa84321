// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QStringList>

namespace AppSync::Emulation {

//! Keeps web pages of strangers out. A page can reach a local server in two ways: by a name of its own
//! that it lets point to 127.0.0.1 (DNS rebinding; shows in Host), or openly from its own origin (shows in
//! Origin). Programs that are no browsers send the Host they were given and no Origin.
//!
//! Host may be `localhost`, a name below it, a loopback address or, since nobody can rebind those, an AWS host
//! name of a service played here (some clients send it whatever they connect to). Origin may be a page of
//! this machine by any scheme and port. An emulator that was told to listen beyond loopback accepts every address, which
//! cannot be rebound either, and the machine's own name; other names are those it was told.
class OriginPolicy {
public:
    explicit OriginPolicy(const QHostAddress &bound, const QStringList &names = {});

    //! Whether it can be the name of a host: letters, digits, dashes and underscores between dots.
    [[nodiscard]] static bool isName(const QString &name);
    //! Which of \a names cannot be one, for people; empty: none.
    [[nodiscard]] static QString problemOf(const QStringList &names);

    [[nodiscard]] bool allowsHost(const QByteArray &host) const;
    [[nodiscard]] bool allowsOrigin(const QByteArray &origin) const;

private:
    [[nodiscard]] bool isOurs(const QString &name) const;

    bool m_isPublic;
    QStringList m_names;
};

} // namespace AppSync::Emulation
