// SPDX-License-Identifier: Apache-2.0
#include "oidcapi_p.h"

#include "oidcerror_p.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

QByteArray encodedForm(const OidcApi::Form &form)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : form)
        pairs.append(encoded(name) + '=' + encoded(value));
    return pairs.join('&');
}

//! Some providers write numbers as strings.
std::chrono::seconds seconds(const QJsonValue &value)
{
    const double number = value.isString() ? value.toString().toDouble() : value.toDouble();
    constexpr double kLongest = 10.0 * 365 * 24 * 3600;
    return std::chrono::seconds(number > 0 && number < kLongest ? qint64(number) : 0);
}

//! The parts of a form that nobody else may read.
QStringList secrets(const OidcApi::Form &form)
{
    static const QSet<QString> names{u"code"_s,          u"code_verifier"_s, u"refresh_token"_s,
                                     u"client_secret"_s, u"device_code"_s,   u"token"_s};
    QStringList found;
    for (const auto &[name, value] : form) {
        if (names.contains(name) && !value.isEmpty())
            found.append(value);
    }
    return found;
}

} // namespace

OidcApi::OidcApi(QObject *parent) : QObject(parent)
{
}

void OidcApi::setClient(const QString &id, const QString &secret)
{
    m_clientId = id;
    m_clientSecret = secret;
}

void OidcApi::setNetworkSettings(const NetworkSettings &settings)
{
    m_access.settings = settings;
    if (m_access.manager)
        m_access.manager->setProxy(settings.proxy);
}

OidcApi::Form OidcApi::merged(Form own, const Form &more)
{
    const Form first = own;
    for (const auto &item : more) {
        const bool isThere = std::any_of(first.cbegin(), first.cend(), [&item](const auto &other) {
            return other.first == item.first;
        });
        if (!isThere)
            own.append(item);
    }
    return own;
}

QUrl OidcApi::withQuery(QUrl url, const Form &form)
{
    QByteArray query = url.query(QUrl::FullyEncoded).toLatin1();
    if (!query.isEmpty())
        query += '&';
    url.setQuery(QString::fromLatin1(query + encodedForm(form)), QUrl::StrictMode);
    return url;
}

const HttpAccess &OidcApi::access()
{
    if (!m_access.manager) {
        // One for all, so that a sign-in of several steps has one connection.
        m_access.manager = new QNetworkAccessManager(this);
        m_access.manager->setProxy(m_access.settings.proxy);
    }
    return m_access;
}

void OidcApi::discover(const QString &issuer, QObject *context,
                       const std::function<void(const Error &)> &done)
{
    const QUrl url = OidcProvider::discoveryUrl(issuer);
    HttpCall *call = HttpCall::get(url, {{"Accept"_ba, "application/json"_ba}}, access(), context);
    connect(call, &HttpCall::finished, context,
            [this, issuer, url, done](const HttpAnswer &answer, Error error) {
                if (!error.isError() && answer.status != 200)
                    error = OidcError::fromAnswer(answer, url.host());
                if (!error.isError()) {
                    const auto provider = OidcProvider::fromDiscovery(answer.body, issuer, &error);
                    if (!error.isError())
                        m_provider = provider;
                }
                done(error);
            });
}

void OidcApi::post(const QUrl &url, Form form, QObject *context, const Handler &done)
{
    // Where there is a secret it proves the client; the id is repeated for providers that want it in the form.
    form = merged(form, {{u"client_id"_s, m_clientId}});
    Headers headers{{"Content-Type"_ba, "application/x-www-form-urlencoded"_ba},
                    {"Accept"_ba, "application/json"_ba}};
    if (!m_clientSecret.isEmpty() && m_provider.takesBasic)
        headers.append(
            {"Authorization"_ba,
             "Basic " + (encoded(m_clientId) + ':' + encoded(m_clientSecret)).toBase64()});
    else if (!m_clientSecret.isEmpty())
        form.append({u"client_secret"_s, m_clientSecret});
    HttpCall *call = HttpCall::post(url, headers, encodedForm(form), access(), context);
    connect(call, &HttpCall::finished, context,
            [this, url, form, done](const HttpAnswer &answer, Error error) {
                if (!error.isError() && answer.status != 200)
                    error = refusal(answer, url, form);
                done(answer, error);
            });
}

Error OidcApi::refusal(const HttpAnswer &answer, const QUrl &url, const Form &form) const
{
    Error error = OidcError::fromAnswer(answer, url.host());
    QStringList hidden = secrets(form);
    hidden.append(m_clientSecret);
    for (const QString &secret : std::as_const(hidden)) {
        if (secret.isEmpty())
            continue;
        error.serverMessage.replace(secret, u"…"_s);
        error.type.replace(secret, u"…"_s);
    }
    return error;
}

void OidcApi::grant(const Form &form, QObject *context,
                    const std::function<void(const OidcGrant &, const Error &)> &done)
{
    post(m_provider.token, form, context,
         [host = m_provider.token.host(), done](const HttpAnswer &answer, Error error) {
             const QJsonDocument body = QJsonDocument::fromJson(answer.body);
             const QJsonObject object = body.object();
             const auto text = [&object](const QString &name) {
                 return object.value(name).toString();
             };
             OidcGrant grant{text(u"access_token"_s), text(u"id_token"_s), text(u"refresh_token"_s),
                             seconds(object.value(u"expires_in"_s))};
             const QString type = text(u"token_type"_s);
             if (error.isError())
                 grant = {};
             else if (!body.isObject())
                 error = OidcError::fromAnswer(answer, host);
             else if (grant.accessToken.isEmpty())
                 error = OidcError::unexpected(host, u"access_token"_s);
             else if (!type.isEmpty() && type.compare("Bearer"_L1, Qt::CaseInsensitive) != 0)
                 error = Error::local(
                     Error::Kind::UnsupportedMessage,
                     tr("%1 issues tokens of the type %2, which AppSync does not take.")
                         .arg(host, type),
                     tr("Let the provider issue bearer tokens to this client."));
             done(error.isError() ? OidcGrant() : grant, error);
         });
}

void OidcApi::authorizeDevice(const Form &form, QObject *context,
                              const std::function<void(const QJsonObject &, const Error &)> &done)
{
    const QUrl url = m_provider.deviceAuthorization;
    post(url, form, context, [url, done](const HttpAnswer &answer, Error error) {
        const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
        for (const QString &name : {u"device_code"_s, u"user_code"_s, u"verification_uri"_s}) {
            if (!error.isError() && object.value(name).toString().isEmpty())
                error = OidcError::unexpected(url.host(), name);
        }
        done(error.isError() ? QJsonObject() : object, error);
    });
}

void OidcApi::revoke(const QString &refreshToken, QObject *context,
                     const std::function<void(const Error &)> &done)
{
    post(m_provider.revocation, {{u"token"_s, refreshToken}}, context,
         [done](const HttpAnswer &, const Error &error) { done(error); });
}

} // namespace AppSync
