// SPDX-License-Identifier: Apache-2.0
#include "app/ui/connectionform.h"

#include "app/core/signin.h"

#include <AppSync/Clock>

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Operation = ProfileDraft::Operation;

constexpr AuthMode kModes[] = {AuthMode::ApiKey, AuthMode::UserPool, AuthMode::Oidc,
                               AuthMode::Lambda, AuthMode::Iam,      AuthMode::None};

int indexOf(AuthMode mode)
{
    return int(std::find(std::begin(kModes), std::end(kModes), mode) - std::begin(kModes));
}

std::optional<AuthMode> modeAt(int index)
{
    const bool isThere = index >= 0 && index < int(std::size(kModes));
    return isThere ? std::optional(kModes[index]) : std::nullopt;
}

} // namespace

ConnectionForm::ConnectionForm(QObject *parent) : QObject(parent)
{
    connect(&m_fields, &FieldModel::textEdited, this,
            [this](const FormField &field, const QString &text) {
                FormFields::setText(&m_draft, field, text);
                update();
            });
    connect(&m_fields, &FieldModel::choiceMade, this, [this](const FormField &field, int choice) {
        FormFields::setChoice(&m_draft, field, choice);
        update();
    });
    connect(&m_fields, &FieldModel::forgotten, this, [this](const FormField &field) {
        FormFields::forget(&m_draft, field);
        update();
    });
    update();
}

void ConnectionForm::setName(const QString &name)
{
    set(m_draft.profile.name, name);
}

void ConnectionForm::setAddress(const QString &address)
{
    set(m_draft.profile.endpoint, address);
}

void ConnectionForm::setRealtime(const QString &realtime)
{
    set(m_draft.profile.realtime, realtime);
}

void ConnectionForm::setRegion(const QString &region)
{
    set(m_draft.profile.region, region);
}

QString ConnectionForm::credential() const
{
    return m_draft.secrets.value(m_draft.givenRole(m_draft.mode(Operation::Connect)));
}

void ConnectionForm::setCredential(const QString &credential)
{
    const SecretRole role = m_draft.givenRole(m_draft.mode(Operation::Connect));
    if (m_draft.secrets.value(role) == credential)
        return;
    m_draft.secrets.insert(role, credential);
    update();
}

QStringList ConnectionForm::modeNames()
{
    QStringList names;
    for (const AuthMode mode : kModes)
        names += FormFields::nameOf(mode);
    return names;
}

QStringList ConnectionForm::otherModeNames(AuthMode above) const
{
    return QStringList{tr("same as above (%1)").arg(FormFields::nameOf(above))} + modeNames();
}

QStringList ConnectionForm::subscribeModeNames() const
{
    return otherModeNames(m_draft.mode(Operation::Connect));
}

QStringList ConnectionForm::publishModeNames() const
{
    return otherModeNames(m_draft.mode(Operation::Subscribe));
}

int ConnectionForm::connectMode() const
{
    return indexOf(m_draft.mode(Operation::Connect));
}

void ConnectionForm::setConnectMode(int index)
{
    if (const auto mode = modeAt(index))
        setMode(Operation::Connect, mode);
}

int ConnectionForm::otherMode(Operation operation) const
{
    const auto mode = m_draft.ownMode(operation);
    return mode ? indexOf(*mode) + 1 : 0;
}

void ConnectionForm::setOtherMode(Operation operation, int index)
{
    if (index == 0 || modeAt(index - 1))
        setMode(operation, index == 0 ? std::nullopt : modeAt(index - 1));
}

int ConnectionForm::subscribeMode() const
{
    return otherMode(Operation::Subscribe);
}

void ConnectionForm::setSubscribeMode(int index)
{
    setOtherMode(Operation::Subscribe, index);
}

int ConnectionForm::publishMode() const
{
    return otherMode(Operation::Publish);
}

void ConnectionForm::setPublishMode(int index)
{
    setOtherMode(Operation::Publish, index);
}

void ConnectionForm::setMode(Operation operation, std::optional<AuthMode> mode)
{
    if (m_draft.ownMode(operation) == mode)
        return;
    m_draft.setMode(operation, mode);
    update();
}

void ConnectionForm::setWay(AuthMode mode, ProfileDraft::Way way)
{
    m_draft.setWay(mode, way);
    update();
}

Notice ConnectionForm::problem() const
{
    if (isEmpty())
        return {};
    return Notice::fromError(m_endpoint.problem());
}

QString ConnectionForm::httpUrl() const
{
    return m_derived.isValid() ? m_derived.http().toString() : QString();
}

bool ConnectionForm::isGraphQl() const
{
    return m_endpoint.isValid() && m_endpoint.service() == AppSync::Endpoint::Service::GraphQl;
}

QString ConnectionForm::derivedRealtime() const
{
    return m_derived.isValid() ? m_derived.realtime().toString() : QString();
}

QString ConnectionForm::derivedRegion() const
{
    return m_derived.isValid() ? m_derived.region() : QString();
}

QString ConnectionForm::missing() const
{
    const QString expiry = m_draft.texts.value(int(FormField::Key::ApiKeyExpiry)).trimmed();
    if (!expiry.isEmpty() && !m_draft.profile.apiKeyExpiresAt.isValid())
        return tr("The key's expiry is no date.");
    const Profile profile = m_draft.asIfSaved();
    for (const Operation operation :
         {Operation::Connect, Operation::Subscribe, Operation::Publish}) {
        const AuthMode mode = m_draft.mode(operation);
        const SecretRole role = m_draft.role(operation);
        const bool isGiven = m_draft.way(mode) == ProfileDraft::Way::Given;
        if (isGiven && !m_draft.has(role))
            return tr("A token is needed for %1.").arg(FormFields::nameOf(mode));
        if (mode == AuthMode::Iam && m_draft.way(mode) == ProfileDraft::Way::AwsProfile
            && profile.awsProfile.isEmpty())
            return tr("The name of the AWS profile is needed.");
        if (mode == AuthMode::Iam && m_draft.way(mode) == ProfileDraft::Way::AwsKeys
            && profile.accessKeyId.isEmpty())
            return tr("An access key ID is needed.");
        if (mode == AuthMode::Iam && m_draft.way(mode) == ProfileDraft::Way::IdentityPool
            && profile.identityPoolId.isEmpty())
            return tr("The identity pool's ID is needed.");
        const Problem problem = SignIn::missing(profile, mode, role);
        if (problem.isProblem())
            return problem.message;
    }
    return {};
}

QString ConnectionForm::suggestedName() const
{
    if (!m_endpoint.isValid())
        return {};
    const QString host = m_endpoint.http().host();
    if (!QHostAddress(host).isNull() || host == u"localhost")
        return tr("local");
    return host.section(u'.', 0, 0).left(20);
}

void ConnectionForm::edit(const Profile &profile)
{
    load(ProfileDraft(profile), profile.name, {});
}

void ConnectionForm::propose(const ProfileDraft &draft, const QStringList &remarks)
{
    load(draft, {}, remarks);
}

void ConnectionForm::setSaved(const Profile &profile)
{
    load(ProfileDraft(profile), profile.name, {});
}

void ConnectionForm::setSession(const SecretReference &reference)
{
    m_draft.profile.refreshToken = reference;
}

void ConnectionForm::clear()
{
    load(ProfileDraft(), {}, {});
}

void ConnectionForm::load(const ProfileDraft &draft, const QString &savedName,
                          const QStringList &remarks)
{
    m_draft = draft;
    m_savedName = savedName;
    m_remarks = remarks;
    update();
}

AppSync::Endpoint ConnectionForm::endpointOf(const Profile &profile)
{
    const QString region = profile.region.trimmed();
    auto endpoint = AppSync::Endpoint::fromUserInput(profile.endpoint.trimmed(), region);
    if (endpoint.isValid() && !region.isEmpty())
        endpoint = endpoint.withRegion(region);
    if (endpoint.isValid() && !profile.realtime.trimmed().isEmpty())
        endpoint = endpoint.withRealtime(profile.realtime.trimmed());
    if (endpoint.isValid() && !profile.host.isEmpty())
        endpoint = endpoint.withHost(profile.host);
    return endpoint;
}

void ConnectionForm::set(QString &member, const QString &value)
{
    if (member == value)
        return;
    member = value;
    update();
}

void ConnectionForm::judge()
{
    Profile bare = m_draft.profile;
    bare.realtime.clear();
    m_derived = isEmpty() ? AppSync::Endpoint() : endpointOf(bare);
    m_endpoint = m_derived.isValid() ? endpointOf(m_draft.profile) : m_derived;
}

void ConnectionForm::update()
{
    judge();
    m_fields.setFields(FormFields::of(m_draft, AppSync::Clock::system()->wallMs()));
    Q_EMIT changed();
}

} // namespace Syncscope
