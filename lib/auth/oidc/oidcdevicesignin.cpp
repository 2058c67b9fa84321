// SPDX-License-Identifier: Apache-2.0
#include "../interactivesource.h"
#include "oidcerror_p.h"
#include "oidcsignin_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace AppSync {

namespace {

constexpr std::chrono::seconds kSlower = 5s; // RFC 8628, 3.5

//! \a name of \a answer in seconds, between \a least and \a most; \a usual where it is missing.
std::chrono::seconds within(const QJsonObject &answer, const QString &name,
                            std::chrono::seconds least, std::chrono::seconds most,
                            std::chrono::seconds usual)
{
    const double number = answer.value(name).toDouble(double(usual.count()));
    return std::chrono::seconds(
        qint64(std::clamp(number, double(least.count()), double(most.count()))));
}

} // namespace

void OidcDeviceSignIn::start()
{
    if (api()->provider().deviceAuthorization.isEmpty()) {
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("%1 offers no sign-in with a code.").arg(options().provider),
                          tr("Sign in with a browser on this computer, or paste a token.")));
        return;
    }
    OidcApi::Form form{{u"client_id"_s, api()->clientId()}};
    if (!options().scope.isEmpty())
        form.append({u"scope"_s, options().scope});
    form = OidcApi::merged(form, options().parameters);
    api()->authorizeDevice(form, this, [this](const QJsonObject &answer, const Error &error) {
        if (error.isError())
            fail(error);
        else
            onCode(answer);
    });
}

void OidcDeviceSignIn::onCode(const QJsonObject &answer)
{
    const auto address = [&answer](const QString &name) {
        return QUrl(answer.value(name).toString(), QUrl::StrictMode);
    };
    const QUrl plain = address(u"verification_uri"_s);
    const QUrl complete = address(u"verification_uri_complete"_s);
    if (!isSafeForSecrets(plain) || !(complete.isEmpty() || isSafeForSecrets(complete))) {
        fail(Error::local(
            Error::Kind::Receiving,
            tr("The page that %1 wants to be opened is not https.").arg(options().provider),
            tr("Check the issuer with whoever runs the provider.")));
        return;
    }
    m_deviceCode = answer.value(u"device_code"_s).toString();
    m_interval = within(answer, u"interval"_s, 1s, 60s, 5s);
    m_nextPoll = api()->clock()->createTimer(this);
    connect(m_nextPoll, &ClockTimer::timedOut, this, &OidcDeviceSignIn::poll);
    m_nextPoll->start(m_interval);
    const QString code = answer.value(u"user_code"_s).toString();
    ask(complete.isEmpty() ? plain : complete,
        tr("Open %1 in a browser, on any device, and confirm the code %2 there.")
            .arg(plain.toDisplayString(), code),
        code,
        within(answer, u"expires_in"_s, 1s, InteractiveSource::kPatience,
               InteractiveSource::kPatience),
        tr("Sign in again, and confirm the new code."));
}

void OidcDeviceSignIn::poll()
{
    api()->grant({{u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s},
                  {u"device_code"_s, m_deviceCode}},
                 this,
                 [this](const OidcGrant &grant, const Error &error) { onPolled(grant, error); });
}

void OidcDeviceSignIn::onPolled(const OidcGrant &grant, const Error &error)
{
    if (hasEnded())
        return;
    const bool isPending = error.type == "authorization_pending"_L1;
    if (!error.isError()) {
        succeed(grant, {});
    } else if (isPending || error.isRetryable() || error.type == "slow_down"_L1) {
        if (!isPending)
            m_interval += kSlower;
        m_nextPoll->start(m_interval);
    } else {
        fail(error);
    }
}

void OidcDeviceSignIn::cleanUp()
{
    if (m_nextPoll)
        m_nextPoll->stop();
}

} // namespace AppSync
