// SPDX-License-Identifier: Apache-2.0
#include "commandtokensource.h"

#include "jwtclaims.h"
#include "processcall_p.h"
#include "sharedanswer_p.h"
#include "shellwords_p.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr std::chrono::seconds kEarly{60}; // a token has to live as long as a request takes

struct PrintedToken {
    QString token;
    QDateTime tokenExpiresAt; //!< as the token says; invalid: it does not
    QDateTime expiresAt; //!< when the program is asked anew
};

//! Text that a header can carry.
bool isToken(const QByteArray &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](char c) { return c >= ' ' && c < 0x7f; });
}

} // namespace

struct CommandTokenSource::Cache {
    SharedAnswer<TokenReply, PrintedToken> answer;
    QPointer<ProcessCall> call;
};

CommandTokenSource::CommandTokenSource(QObject *parent)
    : TokenSource(parent)
    , m_cache(new Cache{{[this] { run(); },
                         [](TokenReply *reply, const PrintedToken &printed) {
                             reply->succeed(printed.token, printed.tokenExpiresAt);
                         },
                         std::chrono::seconds(0)},
                        {}})
{
}

CommandTokenSource::~CommandTokenSource() = default;

void CommandTokenSource::setCommand(const QStringList &command)
{
    if (m_command == command)
        return;
    m_command = command;
    onCommandChanged();
}

void CommandTokenSource::setCommandLine(const QString &line)
{
    if (m_commandLine == line)
        return;
    m_commandLine = line;
    onCommandChanged();
}

void CommandTokenSource::onCommandChanged()
{
    m_cache->answer.forget();
    if (m_cache->answer.isFetching()) {
        delete m_cache->call;
        run();
    }
    Q_EMIT commandChanged();
}

void CommandTokenSource::setCacheTime(std::chrono::seconds time)
{
    if (m_cacheTime == time)
        return;
    m_cacheTime = time;
    Q_EMIT cacheSecondsChanged();
}

void CommandTokenSource::setClock(Clock *clock)
{
    m_clock = clock;
    m_cache->answer.setClock(clock);
}

TokenReply *CommandTokenSource::token(const SignableRequest &)
{
    return m_cache->answer.ask(this);
}

bool CommandTokenSource::invalidate()
{
    m_cache->answer.forget();
    return !words().isEmpty();
}

QString CommandTokenSource::displayName() const
{
    return tr("token of the command %1").arg(QFileInfo(words().value(0)).fileName());
}

QStringList CommandTokenSource::words() const
{
    return m_command.isEmpty() ? commandWords(m_commandLine).value_or(QStringList()) : m_command;
}

void CommandTokenSource::run()
{
    const QStringList words = this->words();
    if (words.isEmpty()) {
        const bool isEmpty = m_commandLine.trimmed().isEmpty();
        m_cache->answer.fail(Error::local(
            Error::Kind::InvalidInput,
            isEmpty ? tr("There is no command that prints a token.")
                    : tr("The command line that prints a token cannot be split into words."),
            isEmpty ? tr("Give the program and its arguments.") : tr("Close the quotes in it.")));
        return;
    }
    ProcessRequest request;
    request.program = words.first();
    request.arguments = words.sliced(1);
    request.timeout = m_timeout;
    request.clock = m_clock;
    m_cache->call = ProcessCall::start(request, this);
    connect(m_cache->call, &ProcessCall::finished, this,
            [this](const QByteArray &output, const Error &error) {
                if (error.isError())
                    m_cache->answer.fail(error);
                else
                    onOutput(output.trimmed());
            });
}

void CommandTokenSource::onOutput(const QByteArray &output)
{
    if (output.isEmpty() || !isToken(output)) {
        const QString program = QFileInfo(words().value(0)).fileName();
        m_cache->answer.fail(Error::local(
            Error::Kind::InvalidInput,
            output.isEmpty() ? tr("The program %1 printed nothing.").arg(program)
                             : tr("What the program %1 printed is not a token: it has several "
                                  "lines or characters that no header can carry.")
                                   .arg(program),
            tr("It has to print the token alone; other messages belong on standard error.")));
        return;
    }
    PrintedToken printed;
    printed.token = QString::fromLatin1(output);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock->wallMs()).toUTC();
    printed.tokenExpiresAt = JwtClaims::fromToken(printed.token).expiresAt();
    printed.expiresAt = printed.tokenExpiresAt.isValid()
        ? printed.tokenExpiresAt.addSecs(-kEarly.count())
        : now.addSecs(m_cacheTime.count());
    const bool isOther =
        !m_cache->answer.value() || m_cache->answer.value()->token != printed.token;
    m_cache->answer.succeed(printed);
    if (isOther)
        Q_EMIT tokenChanged();
}

} // namespace AppSync
