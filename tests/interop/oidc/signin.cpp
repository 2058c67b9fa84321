// SPDX-License-Identifier: Apache-2.0
// The library's sign-in, driven by lines: commands come on standard input, and whatever happens goes to standard
// output as one JSON object a line. Tokens of a test's provider are no secrets, so they are printed.
#include <AppSync/OidcTokenSource>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <cstdio>
#include <string>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace AppSync;

namespace {

void say(const QJsonObject &object)
{
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

void sayEnd(const QString &what, const Error &error, QJsonObject more = {})
{
    more[u"event"_s] = error.isError() ? u"error"_s : what;
    if (error.isError()) {
        more[u"kind"_s] = QVariant::fromValue(error.kind).toString();
        more[u"type"_s] = error.type;
        more[u"message"_s] = error.toString();
    }
    say(more);
}

void askForToken(OidcTokenSource &source)
{
    TokenReply *reply = source.token({});
    QObject::connect(reply, &Reply::finished, reply, [reply] {
        sayEnd(u"token"_s, reply->error(),
               {{u"token"_s, reply->token()},
                {u"expiresAt"_s, reply->expiresAt().toString(Qt::ISODateWithMs)}});
    });
}

void signOut(OidcTokenSource &source)
{
    Reply *reply = source.signOut();
    QObject::connect(reply, &Reply::finished, reply,
                     [reply] { sayEnd(u"signedOut"_s, reply->error()); });
}

void obey(OidcTokenSource &source, const QJsonObject &command)
{
    const QString what = command.value(u"do"_s).toString();
    if (what == u"token"_s)
        askForToken(source);
    else if (what == u"invalidate"_s)
        say({{u"event"_s, u"invalidated"_s}, {u"isRenewable"_s, source.invalidate()}});
    else if (what == u"session"_s)
        say({{u"event"_s, u"session"_s}, {u"session"_s, QString::fromUtf8(source.session())}});
    else if (what == u"setSession"_s)
        source.setSession(command.value(u"session"_s).toString().toUtf8());
    else if (what == u"send"_s)
        source.setTokenToSend(command.value(u"token"_s) == u"id"_s
                                  ? OidcTokenSource::TokenToSend::Id
                                  : OidcTokenSource::TokenToSend::Access);
    else if (what == u"signOut"_s)
        signOut(source);
    else
        say({{u"event"_s, u"error"_s}, {u"message"_s, u"unknown command "_s + what}});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QJsonObject settings = QJsonDocument::fromJson(qgetenv("INTEROP_SETTINGS")).object();
    OidcTokenSource source;
    source.setIssuer(settings.value(u"issuer"_s).toString());
    source.setClientId(settings.value(u"clientId"_s).toString());
    source.setClientSecret(settings.value(u"clientSecret"_s).toString());
    source.setRedirectUris({settings.value(u"redirectUri"_s).toString()});
    source.setParameters(settings.value(u"parameters"_s).toObject().toVariantMap());
    if (settings.value(u"flow"_s) == u"device"_s)
        source.setFlow(OidcTokenSource::Flow::Device);

    QObject::connect(&source, &InteractiveSource::interactionRequired, &source,
                     [](Interaction *interaction) {
                         say({{u"event"_s, u"open"_s},
                              {u"url"_s, QString::fromLatin1(interaction->url().toEncoded())},
                              {u"userCode"_s, interaction->userCode()}});
                         QObject::connect(interaction, &Interaction::closed, interaction, [] {
                             say({{u"event"_s, u"closed"_s}});
                         });
                     });

    QByteArray input;
    QSocketNotifier notifier(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &source, [&] {
        char buffer[65536];
        const ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (size <= 0)
            QCoreApplication::quit();
        else
            input.append(buffer, size);
        for (qsizetype end = input.indexOf('\n'); end >= 0; end = input.indexOf('\n')) {
            obey(source, QJsonDocument::fromJson(input.first(end)).object());
            input.remove(0, end + 1);
        }
    });
    return QCoreApplication::exec();
}
