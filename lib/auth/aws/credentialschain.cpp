// SPDX-License-Identifier: Apache-2.0
#include "credentialschain.h"

#include "chosencredentials_p.h"
#include "containercredentials_p.h"
#include "instancecredentials_p.h"
#include "knowncredentials_p.h"
#include "profilesource_p.h"
#include "webidentitycredentials_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Outcome = CredentialsAttempt::Outcome;

//! What looking at one source comes to: a source, an error, or the reason why it is passed over.
struct Finding {
    FetchedCredentials *source = nullptr;
    Error error;
    QString reason;
    Outcome outcome = Outcome::Absent; //!< where it is passed over
};

Finding found(FetchedCredentials *source, const Error &error = {})
{
    return {error.isError() ? nullptr : source, error, {}, {}};
}

Finding passedOver(const QString &reason, Outcome outcome = Outcome::Absent)
{
    return {nullptr, {}, reason, outcome};
}

//! Goes from one source to the next.
class Search {
public:
    Search(const AwsContext &context, const QString &chosenProfile, bool isInstanceUsed,
           QObject *parent)
        : m_context(context)
        , m_isChosen(!chosenProfile.isEmpty())
        , m_name(m_isChosen ? chosenProfile : usualProfile(context.environment))
        , m_isInstanceUsed(isInstanceUsed)
        , m_parent(parent)
    {
        if (const AwsProfile *profile = context.config.profile(m_name))
            m_context.profile = *profile;
    }

    FetchedCredentials *run(Error *error)
    {
        const bool hasRole = kindOf(m_context.profile) == ProfileKind::Role;
        look(CredentialsChain::tr("environment"), &Search::variables);
        if (hasRole)
            look(profileTitle(), &Search::profile);
        look(CredentialsChain::tr("web identity of the environment"), &Search::webIdentity);
        if (!hasRole)
            look(profileTitle(), &Search::profile);
        look(CredentialsChain::tr("container"), &Search::container);
        look(CredentialsChain::tr("EC2 instance"), &Search::instance);
        if (!m_source && !m_error.isError())
            m_error = nothingFound();
        *error = m_error;
        return m_source;
    }

    QList<CredentialsAttempt> report;

private:
    void look(const QString &title, Finding (Search::*step)())
    {
        if (m_source || m_error.isError()) {
            report.append({title, Outcome::NotAsked, CredentialsChain::tr("not needed")});
            return;
        }
        const Finding finding = (this->*step)();
        m_source = finding.source;
        m_error = finding.error;
        if (m_source)
            report.append({title, Outcome::Used, CredentialsChain::tr("chosen")});
        else if (m_error.isError())
            report.append({title, Outcome::Failed, m_error.message});
        else
            report.append({title, finding.outcome, finding.reason});
    }

    [[nodiscard]] QString profileTitle() const
    {
        return CredentialsChain::tr("profile %1").arg(m_name);
    }

    Finding variables()
    {
        if (m_isChosen)
            return passedOver(CredentialsChain::tr("a profile was chosen"), Outcome::NotAsked);
        if (!KnownCredentials::areIn(m_context.environment))
            return passedOver(CredentialsChain::tr("AWS_ACCESS_KEY_ID is not set"));
        Error error;
        const AwsCredentials credentials = KnownCredentials::of(m_context.environment, &error);
        if (error.isError())
            return found(nullptr, error);
        return found(new KnownCredentials(credentials, m_context, m_parent));
    }

    Finding webIdentity()
    {
        if (m_isChosen)
            return passedOver(CredentialsChain::tr("a profile was chosen"), Outcome::NotAsked);
        if (!WebIdentityCredentials::areIn(m_context.environment))
            return passedOver(CredentialsChain::tr("AWS_WEB_IDENTITY_TOKEN_FILE is not set"));
        Error error;
        const auto settings = WebIdentityCredentials::Settings::of(m_context.environment, &error);
        if (error.isError())
            return found(nullptr, error);
        return found(new WebIdentityCredentials(m_context, settings, m_parent));
    }

    Finding profile()
    {
        if (!m_context.config.profile(m_name)) {
            if (m_isChosen || isProfileNamed(m_context.environment))
                return found(nullptr, profileMissing(m_name, m_context.environment));
            return passedOver(CredentialsChain::tr("it does not exist"));
        }
        Error error;
        FetchedCredentials *source = makeProfileSource(m_context, m_parent, &error);
        if (!source && !error.isError())
            return passedOver(CredentialsChain::tr("it has no credentials"));
        return found(source, error);
    }

    Finding container()
    {
        if (!ContainerCredentials::areIn(m_context.environment))
            return passedOver(CredentialsChain::tr("AWS_CONTAINER_CREDENTIALS_… are not set"));
        return found(new ContainerCredentials(m_context, m_parent));
    }

    Finding instance()
    {
        if (!m_isInstanceUsed)
            return passedOver(CredentialsChain::tr("it is switched off"), Outcome::NotAsked);
        if (InstanceCredentials::areDisabled(m_context.environment))
            return passedOver(CredentialsChain::tr("AWS_EC2_METADATA_DISABLED is set"),
                              Outcome::NotAsked);
        return found(new InstanceCredentials(m_context, m_parent));
    }

    [[nodiscard]] Error nothingFound() const
    {
        QStringList reasons;
        for (const CredentialsAttempt &attempt : report)
            reasons << attempt.source + u": "_s + attempt.words;
        return Error::local(
            Error::Kind::InvalidInput,
            CredentialsChain::tr("No AWS credentials were found (%1).").arg(reasons.join(u"; ")),
            CredentialsChain::tr("Choose a profile, or set AWS_ACCESS_KEY_ID and "
                                 "AWS_SECRET_ACCESS_KEY, or make a profile with: aws configure"));
    }

    AwsContext m_context;
    bool m_isChosen;
    QString m_name;
    bool m_isInstanceUsed;
    QObject *m_parent;
    FetchedCredentials *m_source = nullptr;
    Error m_error;
};

} // namespace

class CredentialsChain::Private {
public:
    explicit Private(CredentialsChain *owner)
        : q(owner)
        , chosen([this](const AwsContext &context, QObject *parent,
                        Error *error) { return choose(context, parent, error); },
                 owner)
    {
        QObject::connect(&chosen, &ChosenCredentials::answered, owner,
                         [this](const Error &error) { note(error); });
    }

    FetchedCredentials *choose(const AwsContext &context, QObject *parent, Error *error)
    {
        Search search(context, profile, isInstanceUsed, parent);
        FetchedCredentials *source = search.run(error);
        const auto used = std::find_if(
            search.report.cbegin(), search.report.cend(),
            [](const CredentialsAttempt &attempt) { return attempt.outcome == Outcome::Used; });
        chosenAt = used - search.report.cbegin();
        setReport(search.report);
        return source;
    }

    //! What came of the source that was chosen, if one was.
    void note(const Error &error)
    {
        QList<CredentialsAttempt> noted = report;
        if (chosenAt >= noted.size())
            return;
        noted[chosenAt].outcome = error.isError() ? Outcome::Failed : Outcome::Used;
        noted[chosenAt].words = error.isError() ? error.message : tr("used");
        setReport(noted);
    }

    void restart()
    {
        chosen.restart();
        chosenAt = 0;
        setReport({});
    }

    void setReport(const QList<CredentialsAttempt> &attempts)
    {
        if (report == attempts)
            return;
        report = attempts;
        Q_EMIT q->reportChanged();
    }

    CredentialsChain *q;
    QString profile;
    bool isInstanceUsed = false;
    QList<CredentialsAttempt> report;
    qsizetype chosenAt = 0; //!< its place in the report; behind it: none was
    ChosenCredentials chosen;
};

CredentialsChain::CredentialsChain(QObject *parent)
    : CredentialsSource(parent), d(std::make_unique<Private>(this))
{
}

CredentialsChain::~CredentialsChain() = default;

QString CredentialsChain::profile() const
{
    return d->profile;
}

void CredentialsChain::setProfile(const QString &profile)
{
    if (d->profile == profile)
        return;
    d->profile = profile;
    d->restart();
    Q_EMIT profileChanged();
}

bool CredentialsChain::allowsProcesses() const
{
    return d->chosen.context().areProcessesAllowed;
}

void CredentialsChain::setAllowProcesses(bool isAllowed)
{
    if (allowsProcesses() == isAllowed)
        return;
    d->chosen.context().areProcessesAllowed = isAllowed;
    d->restart();
    Q_EMIT allowProcessesChanged();
}

bool CredentialsChain::usesInstance() const
{
    return d->isInstanceUsed;
}

void CredentialsChain::setUseInstance(bool isUsed)
{
    if (d->isInstanceUsed == isUsed)
        return;
    d->isInstanceUsed = isUsed;
    d->restart();
    Q_EMIT useInstanceChanged();
}

void CredentialsChain::setEnvironment(const AwsEnvironment &environment)
{
    d->chosen.context().environment = environment;
    d->restart();
    Q_EMIT profileChanged();
}

QList<CredentialsAttempt> CredentialsChain::report() const
{
    return d->report;
}

CredentialsReply *CredentialsChain::credentials()
{
    return d->chosen.credentials();
}

bool CredentialsChain::invalidate()
{
    return d->chosen.invalidate();
}

QString CredentialsChain::displayName() const
{
    const FetchedCredentials *source = d->chosen.source();
    return source ? source->displayName() : tr("AWS credentials of this computer");
}

QString CredentialsChain::region() const
{
    const QString name =
        d->profile.isEmpty() ? usualProfile(d->chosen.context().environment) : d->profile;
    const AwsProfile *found = d->chosen.config().profile(name);
    return found ? found->value(u"region"_s) : QString();
}

} // namespace AppSync
