// SPDX-License-Identifier: Apache-2.0
#include "userpool_p.h"

#include "totp_p.h"

#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kFreeAttempts = 5;
constexpr int kLongestLock = 900; // s
constexpr std::size_t kDevices = 100;

QMap<QString, QString> completedAttributes(QMap<QString, QString> attributes)
{
    if (!attributes.contains(u"sub"_s))
        attributes.insert(u"sub"_s, QUuid::createUuid().toString(QUuid::WithoutBraces));
    for (const QString &name : {u"email"_s, u"phone_number"_s}) {
        if (attributes.contains(name) && !attributes.contains(name + u"_verified"_s))
            attributes.insert(name + u"_verified"_s, u"true"_s);
    }
    return attributes;
}

} // namespace

PoolUser::PoolUser(const EmulatorOptions::User &user, const QString &poolName)
    : data(user), m_poolName(poolName)
{
    data.attributes = completedAttributes(data.attributes);
}

void PoolUser::setPassword(const QString &password)
{
    data.password = password;
    m_verifier.reset();
}

const Srp::Verifier &PoolUser::verifier()
{
    if (!m_verifier) {
        m_verifier = Srp::makeVerifier(m_poolName, data.username, data.password);
        data.password.clear();
    }
    return *m_verifier;
}

bool PoolUser::hasPassword(const QString &password)
{
    const Srp::Verifier &right = verifier();
    return Srp::makeVerifier(m_poolName, data.username, password, right.salt).value == right.value;
}

void PoolUser::countPassword(bool wasRight, const QDateTime &now)
{
    m_wrongPasswords = wasRight ? 0 : m_wrongPasswords + 1;
    if (m_wrongPasswords < kFreeAttempts)
        return;
    const int doublings = std::min(m_wrongPasswords - kFreeAttempts, 10);
    m_lockedUntil = now.addSecs(std::min(1 << doublings, kLongestLock));
}

bool PoolUser::answersTo(const QString &name) const
{
    return !name.isEmpty()
        && (name == data.username || name == sub() || name == data.attributes.value(u"email"_s)
            || name == data.attributes.value(u"phone_number"_s));
}

void PoolUser::addDevice(const Device &device)
{
    if (devices.size() >= kDevices)
        std::erase_if(devices,
                      [](const auto &pair) { return pair.second.verifier.salt.isEmpty(); });
    devices.insert_or_assign(device.key, device);
}

QStringList PoolUser::factors() const
{
    QStringList factors;
    if (!data.totpSecret.isEmpty())
        factors += u"SOFTWARE_TOKEN_MFA"_s;
    if (data.hasSmsMfa)
        factors += u"SMS_MFA"_s;
    if (data.hasEmailMfa)
        factors += u"EMAIL_OTP"_s;
    return factors;
}

UserPool::UserPool(const EmulatorOptions::UserPool &settings, const QString &region)
    : m_settings(settings)
    , m_issuer(u"https://cognito-idp.%1.amazonaws.com/%2"_s.arg(region, settings.id))
{
    for (const EmulatorOptions::User &user : settings.users)
        m_users.emplace(user.username, PoolUser(user, name()));
}

EmulatorOptions::UserPool UserPool::completed(EmulatorOptions::UserPool settings, const QString &id,
                                              const QString &clientId, const QString &password)
{
    if (settings.id.isEmpty())
        settings.id = id;
    if (settings.clients.isEmpty())
        settings.clients = {{clientId}};
    if (settings.users.isEmpty()) {
        EmulatorOptions::User demo{u"demo"_s, password};
        demo.attributes = {{u"email"_s, u"demo@example.com"_s}, {u"name"_s, u"Demo User"_s}};
        settings.users = {demo};
    }
    return settings;
}

QString UserPool::problemOf(const EmulatorOptions::UserPool &settings)
{
    static const QRegularExpression form(u"^[a-z0-9-]+_[A-Za-z0-9]+$"_s);
    if (!form.match(settings.id).hasMatch())
        return u"\"%1\" is no id of a user pool: it has the form REGION_Name"_s.arg(settings.id);
    QStringList ids;
    for (const EmulatorOptions::PoolClient &client : settings.clients)
        ids += client.id;
    if (ids.contains(QString()) || ids.removeDuplicates() > 0)
        return u"Each client of the user pool needs an id of its own"_s;
    QStringList names;
    for (const EmulatorOptions::User &user : settings.users) {
        const auto wrong = [&](const QString &what) {
            return u"User \"%1\" %2"_s.arg(user.username, what);
        };
        if (user.username.isEmpty() || names.contains(user.username))
            return wrong(u"needs a name of his own"_s);
        if (!user.totpSecret.isEmpty() && !Totp::isSecret(user.totpSecret))
            return wrong(u"has a TOTP secret that is not base32"_s);
        if (user.hasSmsMfa && !user.attributes.contains(u"phone_number"_s))
            return wrong(u"gets codes by SMS and has no phone_number"_s);
        if (user.hasEmailMfa && !user.attributes.contains(u"email"_s))
            return wrong(u"gets codes by e-mail and has no email"_s);
        names += user.username;
    }
    return {};
}

const EmulatorOptions::PoolClient *UserPool::client(const QString &id) const
{
    const auto &clients = m_settings.clients;
    const auto found = std::find_if(clients.begin(), clients.end(),
                                    [&](const auto &client) { return client.id == id; });
    return found == clients.end() ? nullptr : &*found;
}

PoolUser *UserPool::user(const QString &name)
{
    if (const auto found = m_users.find(name); found != m_users.end())
        return &found->second;
    const auto found = std::find_if(m_users.begin(), m_users.end(),
                                    [&](const auto &pair) { return pair.second.answersTo(name); });
    return found == m_users.end() ? nullptr : &found->second;
}

TokenCheck::Provider UserPool::provider() const
{
    return {EmulatorOptions::AuthMode::UserPool, m_issuer,
            [] { return QList{JsonWebKey::rs256()}; }};
}

} // namespace AppSync::Emulation
