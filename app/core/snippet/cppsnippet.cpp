// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetlanguages.h"

#include "app/core/snippet/snippetliteral.h"

namespace Syncscope::Snippets {

namespace {

constexpr char kCppProgram[] =
    R"(// CMake: find_package(AppSyncQt), target_link_libraries(… AppSyncQt::AppSync)
@INCLUDES@
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);

@AUTH@    AppSync::@CLIENT@ api(AppSync::Endpoint::fromUserInput(@ENDPOINT@)@REALTIME@, &authorizer);
@BODY@    return app.exec();
}
)";

constexpr char kCppPublish[] = R"(@VIA@
    auto *reply = api.publish(@CHANNEL@, QList<QByteArray>{
@EVENTS@    });
    QObject::connect(reply, &AppSync::Reply::finished, &app, [&, reply] {
        for (const AppSync::PublishedEvent &event : reply->successful())
            out << event.index << " accepted" << Qt::endl;
        for (const AppSync::PublishedEvent &event : reply->failed())
            out << event.index << " refused: " << event.message << Qt::endl;
        if (reply->error().isError())
            out << reply->error().toString() << Qt::endl;
        QCoreApplication::exit(reply->error().isError() || !reply->failed().isEmpty());
    });
)";

constexpr char kCppSubscribe[] = R"(
    auto *subscription = api.subscribe(@CHANNEL@);
    QObject::connect(subscription, &AppSync::ChannelSubscription::received, &app,
                     [&](const AppSync::Event &event) { out << event.text() << Qt::endl; });
    QObject::connect(subscription, &AppSync::ChannelSubscription::errorOccurred, &app,
                     [&](const AppSync::Error &error) { out << error.toString() << Qt::endl; });
)";

constexpr char kCppExecute[] = R"(
    AppSync::GraphQlOptions options;
@NAME@    auto *reply = api.execute(QString::fromUtf8(@DOCUMENT@), @VARIABLES@, options);
    QObject::connect(reply, &AppSync::Reply::finished, &app, [&, reply] {
        if (reply->error().isError())
            out << reply->error().toString() << Qt::endl;
        for (const AppSync::GraphQlError &error : reply->errors())
            out << error.toString() << Qt::endl;
        out << reply->result().dataText() << Qt::endl;
        QCoreApplication::exit(reply->error().isError());
    });
)";

constexpr char kCppSubscribeGraphQl[] = R"(
    auto *subscription = api.subscribe(QString::fromUtf8(@DOCUMENT@), @VARIABLES@);
    QObject::connect(subscription, &AppSync::GraphQlSubscription::received, &app,
                     [&](const AppSync::GraphQlResult &result) { out << result.dataText() << Qt::endl; });
    QObject::connect(subscription, &AppSync::Subscription::errorOccurred, &app,
                     [&](const AppSync::Error &error) { out << error.toString() << Qt::endl; });
)";

struct CppAuthorization {
    QByteArrayList includes;
    QByteArray code;
};

CppAuthorization cppAuthorization(AuthMode mode, const SnippetTarget &target)
{
    if (mode == AuthMode::ApiKey)
        return {{"ApiKeyAuthorizer"},
                "    AppSync::ApiKeyAuthorizer "
                "authorizer(qEnvironmentVariable(\"SYNCSCOPE_API_KEY\"));\n"};
    if (takesToken(mode))
        return {{"TokenAuthorizer"},
                "    AppSync::TokenAuthorizer "
                "authorizer(qEnvironmentVariable(\"SYNCSCOPE_TOKEN\"));\n"};
    if (mode == AuthMode::None)
        return {{"IamAuthorizer"},
                "    // This API wants no authorization.\n"
                "    AppSync::IamAuthorizer authorizer(\n"
                "        [](const AppSync::SignableRequest &, AppSync::AuthReply *reply) { "
                "reply->succeed({}); });\n"};
    QByteArray code = "    // The credentials that the tools of AWS use.\n"
                      "    AppSync::CredentialsChain credentials;\n"
                      "    AppSync::IamAuthorizer authorizer(&credentials);\n";
    const bool isTold = AppSync::Endpoint(target.endpoint.http()).region().isEmpty();
    if (isTold && !target.endpoint.region().isEmpty())
        code += "    authorizer.setRegion(QString::fromUtf8("
            + SnippetLiteral::cpp(target.endpoint.region().toUtf8()) + "));\n";
    return {{"CredentialsChain", "IamAuthorizer"}, code};
}

//! Text that was bytes of UTF-8, as QString.
QByteArray cppString(const QByteArray &text)
{
    return "QString::fromUtf8(" + SnippetLiteral::cpp(text) + ')';
}

QByteArray cppBytes(const QByteArray &text)
{
    return SnippetLiteral::cpp(text) + "_ba";
}

QByteArray cppBody(const SnippetAction &action)
{
    QByteArray events;
    for (const QByteArray &event : action.events)
        events += "        " + cppBytes(event) + ",\n";
    const QByteArray variables =
        action.variables.isEmpty() ? "QByteArray()" : cppBytes(action.variables);
    switch (action.kind) {
    case SnippetAction::Kind::Publish:
        return filled(
            kCppPublish,
            {{"VIA",
              action.overHttp ? "    api.setPublishVia(AppSync::EventsClient::PublishVia::Http);\n"
                              : ""},
             {"CHANNEL", cppString(action.channel)},
             {"EVENTS", events}});
    case SnippetAction::Kind::Subscribe:
        return filled(kCppSubscribe, {{"CHANNEL", cppString(action.channel)}});
    case SnippetAction::Kind::SubscribeGraphQl:
        return filled(kCppSubscribeGraphQl,
                      {{"DOCUMENT", cppBytes(action.document)}, {"VARIABLES", variables}});
    case SnippetAction::Kind::Execute:
    case SnippetAction::Kind::None:
        break;
    }
    return filled(kCppExecute,
                  {{"NAME",
                    action.operationName.isEmpty()
                        ? QByteArray()
                        : "    options.operationName = " + cppString(action.operationName) + ";\n"},
                   {"DOCUMENT", cppBytes(action.document)},
                   {"VARIABLES", variables}});
}

} // namespace

QByteArray cpp(const SnippetAction &action, const SnippetTarget &target)
{
    const bool isEvents = action.kind == SnippetAction::Kind::Publish
        || action.kind == SnippetAction::Kind::Subscribe;
    const CppAuthorization authorization = cppAuthorization(action.mode(target), target);
    const QByteArray client = isEvents ? "EventsClient" : "GraphQlClient";
    QByteArray includes;
    for (const QByteArray &name : authorization.includes + QByteArrayList{client})
        includes += "#include <AppSync/" + name + ">\n";
    const bool isOwn =
        action.kind != SnippetAction::Kind::Execute && !action.overHttp && hasOwnRealtime(target);
    return filled(kCppProgram,
                  {{"INCLUDES", includes},
                   {"AUTH", authorization.code},
                   {"CLIENT", client},
                   {"ENDPOINT", cppString(httpUrl(target))},
                   {"REALTIME",
                    isOwn ? ".withRealtime(" + cppString(realtimeUrl(target)) + ')' : QByteArray()},
                   {"BODY", cppBody(action)}});
}

} // namespace Syncscope::Snippets
