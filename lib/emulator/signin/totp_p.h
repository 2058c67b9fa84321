// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

//! Codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 s.
namespace AppSync::Emulation::Totp {

//! A new secret in base32, as apps take it.
[[nodiscard]] QString makeSecret();
[[nodiscard]] bool isSecret(const QString &base32);
//! The step in which \a time (s since 1970) lies.
[[nodiscard]] qint64 stepAt(qint64 time);
[[nodiscard]] QString code(const QString &base32, qint64 step);
//! The step whose code \a given is, at most one away from that of \a time; -1: none.
[[nodiscard]] qint64 matchingStep(const QString &base32, const QString &given, qint64 time);

} // namespace AppSync::Emulation::Totp
