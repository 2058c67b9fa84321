// SPDX-License-Identifier: Apache-2.0
#include "fetchedcredentials_p.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr std::chrono::minutes kEarly{5};

} // namespace

FetchedCredentials::FetchedCredentials(const AwsContext &context, QObject *parent)
    : CredentialsSource(parent)
    , m_context(context)
    , m_answer([this] { fetch(); },
               [](CredentialsReply *reply, const AwsCredentials &value) { reply->succeed(value); },
               kEarly)
{
    m_answer.setClock(context.clock());
}

CredentialsReply *FetchedCredentials::credentials()
{
    return m_answer.ask(this);
}

bool FetchedCredentials::invalidate()
{
    m_answer.forget();
    return true;
}

void FetchedCredentials::retire()
{
    fail(Error::local(Error::Kind::Cancelled, tr("Other credentials were chosen meanwhile.")));
    deleteLater();
}

void FetchedCredentials::succeed(AwsCredentials credentials, std::chrono::milliseconds skew)
{
    if (credentials.source.isEmpty())
        credentials.source = displayName();
    if (credentials.expiresAt.isValid())
        credentials.expiresAt = credentials.expiresAt.addMSecs(skew.count());
    if (!credentials.isValid()) {
        fail(Error::local(Error::Kind::Receiving,
                          tr("The AWS credentials of %1 lack their key id or their secret.")
                              .arg(credentials.source)));
    } else if (credentials.expiresAt.isValid() && credentials.expiresAt <= m_context.now()) {
        const QString end = QLocale::c().toString(credentials.expiresAt, u"yyyy-MM-dd hh:mm"_s);
        fail(Error::local(
            Error::Kind::Unauthorized,
            tr("The AWS credentials of %1 expired at %2 UTC.").arg(credentials.source, end),
            tr("Renew them where they come from, and look at the clock of this "
               "computer.")));
    } else {
        m_answer.succeed(credentials);
    }
}

void FetchedCredentials::fail(const Error &error)
{
    m_answer.fail(error);
}

void FetchedCredentials::take(CredentialsSource *source,
                              const std::function<void(const AwsCredentials &)> &goOn)
{
    CredentialsReply *asked = source->credentials();
    setWaitingForPerson(asked->isWaitingForPerson());
    connect(asked, &InteractiveReply::isWaitingForPersonChanged, this,
            [this, asked] { setWaitingForPerson(asked->isWaitingForPerson()); });
    connect(asked, &Reply::finished, this, [this, asked, goOn] {
        setWaitingForPerson(false);
        if (asked->error().isError())
            fail(asked->error());
        else
            goOn(asked->credentials());
    });
}

void FetchedCredentials::ask(Interaction *interaction,
                             const std::function<void(const QVariantMap &)> &goOn)
{
    if (!hasAudience()) {
        fail(nobodyToAsk(interaction->message()));
        interaction->close();
        return;
    }
    setWaitingForPerson(true);
    ClockTimer *patience = m_context.clock()->createTimer(interaction);
    connect(patience, &ClockTimer::timedOut, this, [this, interaction] {
        interaction->close();
        fail(Error::local(Error::Kind::Unattended,
                          tr("Nobody answered in time: %1").arg(interaction->message()),
                          tr("Try again, and answer within five minutes.")));
    });
    connect(interaction, &Interaction::answered, this, [this, goOn](const QVariantMap &values) {
        setWaitingForPerson(false);
        goOn(values);
    });
    connect(interaction, &Interaction::cancelled, this, [this, interaction] {
        fail(Error::local(Error::Kind::Cancelled,
                          tr("It was declined: %1").arg(interaction->title())));
    });
    patience->start(kPatience);
    show(interaction);
}

void FetchedCredentials::send(const QByteArray &verb, const QUrl &url, const Headers &headers,
                              const QByteArray &body,
                              const std::function<void(const HttpAnswer &)> &goOn)
{
    Error error;
    const HttpAccess access = m_context.access(&error);
    if (error.isError()) {
        fail(error);
        return;
    }
    HttpCall *call = HttpCall::send(verb, url, headers, body, access, this);
    connect(call, &HttpCall::finished, this,
            [this, goOn](const HttpAnswer &answer, const Error &problem) {
                if (problem.isError())
                    fail(problem);
                else
                    goOn(answer);
            });
}

} // namespace AppSync
