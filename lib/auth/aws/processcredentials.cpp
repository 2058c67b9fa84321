// SPDX-License-Identifier: Apache-2.0
#include "processcredentials_p.h"

#include "../processcall_p.h"
#include "../shellwords_p.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace AppSync {

ProcessCredentials::ProcessCredentials(const AwsContext &context, QObject *parent)
    : FetchedCredentials(context, parent), m_command(context.profile.value(u"credential_process"_s))
{
}

QString ProcessCredentials::displayName() const
{
    return tr("profile %1 (command)").arg(context().profile.name);
}

void ProcessCredentials::fetch()
{
    if (context().areProcessesAllowed || context().confirmedCommands->contains(m_command))
        run();
    else
        askToRun();
}

void ProcessCredentials::askToRun()
{
    auto *question =
        new Interaction(Interaction::Kind::Confirm, tr("Run a command of the AWS configuration?"),
                        tr("The AWS profile %1 wants to run this command for its credentials: %2")
                            .arg(context().profile.name, m_command),
                        this);
    ask(question, [this](const QVariantMap &) {
        context().confirmedCommands->insert(m_command);
        run();
    });
}

void ProcessCredentials::run()
{
    const QStringList words = commandWords(m_command).value_or(QStringList());
    if (words.isEmpty()) {
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("The credential_process of the AWS profile %1 cannot be split into "
                             "words.")
                              .arg(context().profile.name),
                          tr("Look for a quotation mark without its pair.")));
        return;
    }
    const AwsEnvironment &environment = context().environment;
    ProcessRequest request;
    request.program = words.first();
    request.arguments = words.mid(1);
    request.environment = environment.variables;
    request.timeout = environment.processTimeout;
    request.clock = environment.clock;
    ProcessCall *call = ProcessCall::start(request, this);
    connect(call, &ProcessCall::finished, this,
            [this](const QByteArray &output, const Error &error) {
                if (error.isError()) {
                    Error shown = error;
                    shown.serverMessage = harmless(error.serverMessage);
                    fail(shown);
                } else {
                    read(output);
                }
            });
}

void ProcessCredentials::read(const QByteArray &output)
{
    const auto unusable = [this](const QString &reason) {
        fail(Error::local(
            Error::Kind::Receiving,
            tr("The command of the AWS profile %1 printed something unusable: %2.")
                .arg(context().profile.name, reason),
            tr("It must print a JSON object with Version 1, AccessKeyId and SecretAccessKey.")));
    };
    const QJsonDocument document = QJsonDocument::fromJson(output);
    if (!document.isObject())
        return unusable(tr("it is no JSON object"));
    const QJsonObject answer = document.object();
    if (answer[u"Version"_s] != 1)
        return unusable(tr("its Version is not 1"));
    AwsCredentials credentials;
    credentials.accessKeyId = answer[u"AccessKeyId"_s].toString();
    credentials.secretAccessKey = answer[u"SecretAccessKey"_s].toString();
    credentials.sessionToken = answer[u"SessionToken"_s].toString();
    if (!credentials.isValid())
        return unusable(tr("AccessKeyId or SecretAccessKey is missing"));
    const QString expiration = answer[u"Expiration"_s].toString();
    credentials.expiresAt = awsTime(expiration);
    if (!expiration.isEmpty() && !credentials.expiresAt.isValid())
        return unusable(tr("its Expiration is no time"));
    succeed(credentials);
}

} // namespace AppSync
