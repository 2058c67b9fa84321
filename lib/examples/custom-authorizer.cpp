// SPDX-License-Identifier: Apache-2.0
// Publishes with a token out of a file: an authorizer of one's own is a subclass with one method.
//   custom-authorizer TOKEN-FILE
#include <AppSync/Authorizer>
#include <AppSync/EventsClient>

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;

//! Reads the file for every request, so that whoever renews the token just writes a new one.
class TokenFileAuthorizer : public AppSync::Authorizer {
public:
    explicit TokenFileAuthorizer(const QString &path) : m_file(path) { }

    AppSync::AuthReply *authorize(const AppSync::SignableRequest &) override
    {
        auto *reply = new AppSync::AuthReply(this);
        if (m_file.open(QIODevice::ReadOnly))
            reply->succeed({{"Authorization"_ba, m_file.readAll().trimmed()}});
        else
            reply->fail(AppSync::Error::local(AppSync::Error::Kind::Unauthorized,
                                              u"No token: "_s + m_file.errorString()));
        m_file.close();
        return reply;
    }

private:
    QFile m_file;
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);

    TokenFileAuthorizer token(app.arguments().value(1));
    AppSync::EventsClient events(
        AppSync::Endpoint::fromUserInput(qEnvironmentVariable("SYNCSCOPE_ENDPOINT")), &token);
    auto *reply = events.publish(u"/default/news"_s, R"({"hello":"world"})"_ba);
    QObject::connect(reply, &AppSync::Reply::finished, &app, [&out, reply] {
        out << (reply->error().isError() ? reply->error().toString() : u"accepted"_s) << Qt::endl;
        QCoreApplication::exit(reply->error().isError());
    });
    return app.exec();
}
