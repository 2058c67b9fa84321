// SPDX-License-Identifier: Apache-2.0
#include "app/cli/keychainreader.h"

#include "app/cli/console.h"

#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope::Cli {

namespace {

constexpr auto kPatience = 2s;

} // namespace

std::optional<QString> KeychainReader::read(const SecretReference &reference, Problem *problem)
{
    if (m_known.contains(reference.name))
        return m_known.value(reference.name);
    SecretStore store;
    QEventLoop loop;
    SecretReply *const reply = store.read(reference);
    auto outcome = SecretReply::Outcome::Failed;
    AppSync::Error error;
    QString secret;
    QObject::connect(reply, &SecretReply::finished, &loop, [&] {
        outcome = reply->outcome();
        error = reply->error();
        secret = reply->secret();
        loop.quit();
    });
    QTimer::singleShot(kPatience, &loop, [this] {
        m_console.status(u"waiting for the keychain, which may show a window"_s);
    });
    loop.exec();
    if (outcome != SecretReply::Outcome::Done) {
        *problem = problemOf(outcome, error);
        return std::nullopt;
    }
    m_known.insert(reference.name, secret);
    return secret;
}

Problem problemOf(SecretReply::Outcome outcome, const AppSync::Error &error)
{
    const QString words = fullMessage(error);
    switch (outcome) {
    case SecretReply::Outcome::Locked:
    case SecretReply::Outcome::Denied:
    case SecretReply::Outcome::TimedOut:
        return Problem::denied(words, error.nextStep);
    case SecretReply::Outcome::Done:
    case SecretReply::Outcome::NotFound:
    case SecretReply::Outcome::NoService:
    case SecretReply::Outcome::Failed:
    case SecretReply::Outcome::Cancelled:
        break;
    }
    return Problem::usage(words, error.nextStep);
}

} // namespace Syncscope::Cli
