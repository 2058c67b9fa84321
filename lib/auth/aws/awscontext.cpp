// SPDX-License-Identifier: Apache-2.0
#include "awscontext_p.h"

#include "../../core/clock.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::AwsContext", text);
}

//! The domain of the part of AWS that \a region belongs to.
QString domainOf(const QString &region)
{
    static const QList<std::pair<QString, QString>> kDomains{
        {u"cn-"_s, u"amazonaws.com.cn"_s},    {u"eusc-"_s, u"amazonaws.eu"_s},
        {u"us-iso-"_s, u"c2s.ic.gov"_s},      {u"us-isob-"_s, u"sc2s.sgov.gov"_s},
        {u"us-isof-"_s, u"csp.hci.ic.gov"_s}, {u"eu-isoe-"_s, u"cloud.adc-e.uk"_s}};
    for (const auto &[start, domain] : kDomains) {
        if (region.startsWith(start))
            return domain;
    }
    return u"amazonaws.com"_s;
}

QString publicHost(const QString &service, const QString &region)
{
    if (service == u"sso")
        return u"portal.sso.%1.%2"_s.arg(region, domainOf(region));
    const QString name = service == u"sso-oidc" ? u"oidc"_s : service;
    return u"%1.%2.%3"_s.arg(name, region, domainOf(region));
}

QUrl withoutSlash(const QString &text)
{
    QUrl url(text);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path);
    return url;
}

//! What the variables and files say about the address of \a service; empty: nothing.
QString configuredEndpoint(const AwsContext &context, const QString &service)
{
    const AwsEnvironment &environment = context.environment;
    const auto isTrue = [](const QString &text) {
        return text.compare(u"true", Qt::CaseInsensitive) == 0;
    };
    if (isTrue(environment.value(u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s))
        || isTrue(context.profile.value(u"ignore_configured_endpoint_urls"_s)))
        return {};
    const QString id = QString(service).replace(u'-', u'_');
    QString url = environment.value(u"AWS_ENDPOINT_URL_"_s + id.toUpper());
    if (url.isEmpty())
        url = environment.value(u"AWS_ENDPOINT_URL"_s);
    const IniSection *services = context.config.services(context.profile.value(u"services"_s));
    if (url.isEmpty() && services)
        url = services->blocks.value(id).value(u"endpoint_url"_s);
    return url.isEmpty() ? context.profile.value(u"endpoint_url"_s) : url;
}

} // namespace

AwsContext AwsContext::with(const AwsProfile &other) const
{
    AwsContext context = *this;
    context.profile = other;
    // Whoever takes a role through another profile stays in his region and network.
    for (const QString &key : {u"region"_s, u"ca_bundle"_s, u"endpoint_url"_s, u"services"_s}) {
        if (!other.contains(key) && profile.contains(key))
            context.profile.config.values.insert(key, profile.value(key));
    }
    return context;
}

QString AwsContext::region() const
{
    for (const QString &name : {u"AWS_REGION"_s, u"AWS_DEFAULT_REGION"_s}) {
        if (const QString region = environment.value(name); !region.isEmpty())
            return region;
    }
    return profile.value(u"region"_s);
}

QUrl AwsContext::endpoint(const QString &service, const QString &region) const
{
    const QString configured = configuredEndpoint(*this, service);
    if (!configured.isEmpty())
        return withoutSlash(configured);
    return QUrl(u"https://"_s + publicHost(service, region));
}

HttpAccess AwsContext::access(Error *error) const
{
    *error = {};
    HttpAccess access{environment.network, {}, environment.requestTimeout};
    QString bundle = environment.value(u"AWS_CA_BUNDLE"_s);
    if (bundle.isEmpty())
        bundle = profile.value(u"ca_bundle"_s);
    if (bundle.isEmpty())
        return access;
    const QList<QSslCertificate> certificates = QSslCertificate::fromPath(
        environment.expanded(bundle), QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
    if (certificates.isEmpty())
        *error = Error::local(Error::Kind::InvalidInput,
                              tr("There are no certificates in %1.").arg(bundle),
                              tr("Mend AWS_CA_BUNDLE, or ca_bundle of the AWS profile."));
    access.settings.tls.addCaCertificates(certificates);
    return access;
}

QDateTime AwsContext::now() const
{
    return QDateTime::fromMSecsSinceEpoch(clock()->wallMs(), Qt::UTC);
}

QDateTime awsTime(const QString &text)
{
    QString clean = text.trimmed();
    // As old versions of the AWS tools wrote it.
    if (clean.endsWith(u"UTC"))
        clean = clean.chopped(3) + u'Z';
    QDateTime time = QDateTime::fromString(clean, Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

std::chrono::milliseconds clockSkew(const HttpAnswer &answer, const Clock &clock)
{
    // Always English and GMT, whatever language this runs in.
    const QString date = QString::fromLatin1(answer.header("Date"));
    QDateTime server = QLocale::c().toDateTime(date, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!server.isValid())
        return {};
    server.setTimeSpec(Qt::UTC);
    return std::chrono::milliseconds(clock.wallMs() - server.toMSecsSinceEpoch());
}

QString clockAdvice(std::chrono::milliseconds skew)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(skew).count();
    if (std::abs(minutes) < 5)
        return {};
    return minutes > 0
        ? tr("The clock of this computer is %1 minutes ahead; set it.").arg(minutes)
        : tr("The clock of this computer is %1 minutes behind; set it.").arg(-minutes);
}

QString harmless(const QString &text)
{
    static const QRegularExpression kWords(u"[A-Za-z0-9+/=_-]{20,}"_s);
    static const QRegularExpression kUpper(u"[A-Z]"_s);
    static const QRegularExpression kDigit(u"[0-9]"_s);
    constexpr int kLongest = 500;
    QString clean = text.simplified();
    // Keys and tokens mix letters and digits; words and most paths do not.
    for (auto found = kWords.match(clean); found.hasMatch();
         found = kWords.match(clean, found.capturedEnd())) {
        const QString word = found.captured();
        if (word.contains(kUpper) && word.contains(kDigit))
            clean.replace(found.capturedStart(), word.size(), QString(word.size(), u'*'));
    }
    return clean.size() > kLongest ? clean.first(kLongest) + u'…' : clean;
}

} // namespace AppSync
