// SPDX-License-Identifier: Apache-2.0
#include "originpolicy_p.h"

#include <QRegularExpression>
#include <QSysInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

OriginPolicy::OriginPolicy(const QHostAddress &bound, const QStringList &names)
    : m_isPublic(!bound.isLoopback()), m_names(names)
{
}

bool OriginPolicy::isOurs(const QString &name) const
{
    if (name == "localhost"_L1 || name.endsWith(".localhost"_L1)
        || m_names.contains(name, Qt::CaseInsensitive))
        return true;
    const QHostAddress address(name);
    if (!address.isNull())
        return m_isPublic || address.isLoopback();
    return m_isPublic && name.compare(QSysInfo::machineHostName(), Qt::CaseInsensitive) == 0;
}

bool OriginPolicy::isName(const QString &name)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"[\\w-]{1,63}(\\.[\\w-]{1,63})*"_s));
    return name.size() <= 253 && form.match(name).hasMatch();
}

QString OriginPolicy::problemOf(const QStringList &names)
{
    for (const QString &name : names) {
        if (!isName(name))
            return u"\"%1\" cannot be the name of a host"_s.arg(name);
    }
    return {};
}

bool OriginPolicy::allowsHost(const QByteArray &host) const
{
    static const QRegularExpression service(
        u"^(\\w{26}\\.appsync(-realtime)?-api|cognito-idp|cognito-identity|sts)"
        "\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?$"_s);
    const QUrl url = QUrl::fromEncoded("http://" + host + '/', QUrl::StrictMode);
    if (!url.isValid() || url.path() != "/"_L1 || !url.userInfo().isEmpty())
        return false;
    return isOurs(url.host()) || service.match(url.host()).hasMatch();
}

bool OriginPolicy::allowsOrigin(const QByteArray &origin) const
{
    const QUrl url = QUrl::fromEncoded(origin, QUrl::StrictMode);
    return url.isValid() && isOurs(url.host());
}

} // namespace AppSync::Emulation
