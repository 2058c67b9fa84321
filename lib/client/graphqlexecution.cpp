// SPDX-License-Identifier: Apache-2.0
#include "graphqlexecution_p.h"

#include "../core/validation.h"
#include "../wire/networkerror_p.h"
#include "../wire/servererror_p.h"
#include "authorization_p.h"
#include "clientlog_p.h"
#include "frametap_p.h"

#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qsizetype kShown = 200; // of an answer that is none

bool isRedirect(int status)
{
    return status >= 300 && status <= 399;
}

bool isSuccess(int status)
{
    return status >= 200 && status <= 299;
}

} // namespace

GraphQlExecution::GraphQlExecution(const Request &request, const ClientSettings &settings,
                                   FrameTap &tap, HttpTransport &transport, QObject *parent)
    : GraphQlReply(request.id, parent)
    , m_settings(settings)
    , m_tap(tap)
    , m_transport(transport)
    , m_name(request.name)
    , m_body(request.body)
    , m_requestHeaders(request.headers)
    , m_timeout(request.timeout)
    , m_startedAt(settings.clock->monotonic())
    , m_authorizer(request.authorizer)
{
}

GraphQlExecution::~GraphQlExecution()
{
    m_hasEnded = true; // the client may be going, and its settings with it
    if (m_answer)
        m_answer->abort();
}

QString GraphQlExecution::description() const
{
    return m_name.isEmpty() ? tr("The operation") : tr("The operation %1").arg(m_name);
}

Authorizer *GraphQlExecution::authorizer() const
{
    return m_authorizer ? m_authorizer.data()
                        : m_settings.authorizerFor(SignableRequest::Operation::Execute);
}

void GraphQlExecution::startSoon()
{
    startDeadline();
    QMetaObject::invokeMethod(this, &GraphQlExecution::authorize, Qt::QueuedConnection);
}

void GraphQlExecution::startDeadline()
{
    if (m_timeout <= std::chrono::milliseconds::zero())
        return;
    if (!m_timer) {
        m_timer = m_settings.clock->createTimer(this);
        connect(m_timer, &ClockTimer::timedOut, this, &GraphQlExecution::onOverdue);
    }
    m_timer->start(m_timeout);
}

void GraphQlExecution::authorize()
{
    if (m_hasEnded)
        return;
    m_isSent = false;
    const int turn = ++m_turn;
    const SignableRequest request =
        m_transport.overHttp(m_settings.request(SignableRequest::Operation::Execute, {}, m_body));
    requestAuthorization(
        authorizer(), request, this,
        [this, turn](const Error &error, const Headers &headers) {
            if (turn != m_turn || m_hasEnded)
                return;
            if (error.isError())
                refuse(error);
            else
                send(headers);
        },
        [this, turn](bool isWaiting) {
            if (turn != m_turn || m_hasEnded)
                return;
            if (!isWaiting)
                startDeadline();
            else if (m_timer)
                m_timer->stop();
        });
}

void GraphQlExecution::send(const Headers &headers)
{
    QNetworkReply *answer =
        m_transport.post(m_body, m_requestHeaders + headers, m_settings.network.maxAnswerBytes);
    m_answer = answer;
    connect(answer, &QNetworkReply::finished, this, [this, answer] { onAnswer(answer); });
    m_isSent = true;
    m_sentAtMs = m_settings.clock->wallMs();
    const QPointer<GraphQlExecution> alive(this);
    m_tap.seen(Frame::Direction::Out, Frame::Transport::Http, u"POST", operationId(),
               m_tap.isEnabled() ? QString::fromUtf8(m_body) : QString());
    if (alive)
        Q_EMIT sent();
}

void GraphQlExecution::onAnswer(QNetworkReply *answer)
{
    if (m_hasEnded || m_answer != answer)
        return;
    m_answer = nullptr;
    m_httpStatus = answer->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_headers = answer->rawHeaderPairs();
    m_requestId = QString::fromLatin1(answer->rawHeader("x-amzn-RequestId"));
    const QByteArray body = answer->isOpen() ? answer->readAll() : QByteArray();
    if (m_httpStatus != 0) {
        m_answeredAtMs = m_settings.clock->wallMs();
        const QPointer<GraphQlExecution> alive(this);
        m_tap.seen(Frame::Direction::In, Frame::Transport::Http,
                   QString(u"HTTP %1"_s.arg(m_httpStatus)), operationId(),
                   m_tap.isEnabled() ? QString::fromUtf8(body) : QString());
        if (!alive || m_hasEnded)
            return;
    }
    settle(*answer, body);
}

void GraphQlExecution::settle(const QNetworkReply &answer, const QByteArray &body)
{
    if (HttpTransport::wasTooLong(answer))
        return end(
            receivingError(tr("The answer to %1 is longer than %2 bytes.")
                               .arg(description())
                               .arg(m_settings.network.maxAnswerBytes),
                           tr("Ask for less: fewer fields, a smaller page; or raise the limit "
                              "(NetworkSettings::maxAnswerBytes).")));
    if (m_httpStatus == 0)
        return end(NetworkError::httpError(answer));
    // Whatever can be read is kept, in a refusal as well.
    if (QUtf8StringView(body).isValidUtf8() && !Validation::json(body).isProblem()
        && body.trimmed().startsWith('{')) {
        m_result = GraphQlResult::fromJson(body);
        m_result.receivedAtMs = m_answeredAtMs;
    }
    if (isSuccess(m_httpStatus)) {
        const QList<GraphQlError> errors = m_result.errors();
        if (m_result.hasData() || (errors.isEmpty() && !m_result.dataJson().isEmpty()))
            return succeed();
        if (!errors.isEmpty()) {
            Error refused = ServerError::fromEntry(errors.first().raw);
            refused.httpStatus = m_httpStatus;
            return end(ServerError::described(refused, description()));
        }
        m_result = {};
        return end(brokenAnswer(answer, body));
    }
    if (isRedirect(m_httpStatus)) {
        Error redirect = receivingError(
            tr("The endpoint answered with a redirect (HTTP %1).").arg(m_httpStatus),
            tr("Use the URL that it names, if you trust it: a redirect is not followed, since the "
               "credentials would follow it."));
        redirect.serverMessage = QString::fromLatin1(answer.rawHeader("Location")).left(kShown);
        return end(redirect);
    }
    refuse(ServerError::fromHttp(m_httpStatus, body, answer.rawHeader("x-amzn-ErrorType")));
}

Error GraphQlExecution::receivingError(const QString &what, const QString &nextStep) const
{
    Error error = Error::local(Error::Kind::Receiving, what, nextStep);
    error.httpStatus = m_httpStatus;
    return error;
}

//! Why a 2xx answer is none of GraphQL.
Error GraphQlExecution::brokenAnswer(const QNetworkReply &answer, const QByteArray &body) const
{
    const QString url = m_settings.endpoint.http().toDisplayString();
    if (answer.error() != QNetworkReply::NoError) {
        Error cut = Error::local(
            Error::Kind::ConnectionLost,
            tr("The connection broke off in the middle of the answer to %1, after %2 bytes.")
                .arg(description())
                .arg(body.size()),
            tr("A mutation may have been carried out: check before you send it again."));
        cut.httpStatus = m_httpStatus;
        cut.serverMessage = answer.errorString();
        return cut;
    }
    const QByteArray start = body.left(1000).trimmed();
    if (start.isEmpty())
        return receivingError(tr("The answer to %1 is empty.").arg(description()),
                              tr("AppSync always answers with JSON: check that %1 is the GraphQL "
                                 "URL, and what stands in between.")
                                  .arg(url));
    Error error;
    const Validation::JsonProblem problem = Validation::json(body);
    if (start.startsWith('<')) {
        error = receivingError(
            tr("The answer to %1 is a web page, not JSON.").arg(description()),
            tr("Something in between answered, such as a proxy or a login page, or %1 is not the "
               "GraphQL URL.")
                .arg(url));
    } else if (!QUtf8StringView(body).isValidUtf8()) {
        error = receivingError(tr("The answer to %1 is not valid UTF-8.").arg(description()),
                               tr("JSON is: something in between may have changed the answer."));
    } else if (problem.isProblem()) {
        error = receivingError(
            tr("The answer to %1 is not JSON: %2 (byte %3 of %4).")
                .arg(description(), problem.message)
                .arg(problem.offset)
                .arg(body.size()),
            tr("If it is cut off at its end, something in between limits the size of answers."));
    } else {
        error = receivingError(
            tr("The answer to %1 is JSON, but none of GraphQL: it has neither data nor errors.")
                .arg(description()),
            tr("Check that %1 is the GraphQL URL of the API.").arg(url));
    }
    error.serverMessage = QString::fromUtf8(start.left(kShown));
    return error;
}

void GraphQlExecution::refuse(const Error &error)
{
    if (error.needsNewCredentials() && !m_credentialsRenewed) {
        Authorizer *asked = authorizer();
        if (asked && asked->invalidate()) {
            m_credentialsRenewed = true;
            m_result = {};
            return authorize();
        }
    }
    end(error.message.isEmpty() ? ServerError::described(error, description()) : error);
}

void GraphQlExecution::onOverdue()
{
    const auto seconds = std::chrono::round<std::chrono::seconds>(m_timeout).count();
    end(Error::local(
        Error::Kind::Timeout,
        m_isSent ? tr("No answer to %1 within %2 s; whether it was carried out is unknown.")
                       .arg(description())
                       .arg(seconds)
                 : tr("%1 could not be sent within %2 s: the authorizer gave no credentials.")
                       .arg(description())
                       .arg(seconds),
        m_isSent ? tr("AppSync itself gives up after 30 s. Ask for less, or allow more time.")
                 : tr("Look at the sign-in or the command that supplies them.")));
}

void GraphQlExecution::stop(const Error &cancelled)
{
    Error error = cancelled;
    if (m_isSent)
        error.message = tr("%1 was cancelled after it was sent; whether it was carried out is "
                           "unknown.")
                            .arg(description());
    end(error);
}

void GraphQlExecution::succeed()
{
    end({});
}

void GraphQlExecution::fail(const Error &error)
{
    end(error);
}

void GraphQlExecution::end(const Error &error)
{
    if (std::exchange(m_hasEnded, true))
        return;
    if (m_timer)
        m_timer->stop();
    if (const QPointer<QNetworkReply> answer = std::exchange(m_answer, nullptr))
        answer->abort();
    setElapsed(m_settings.clock->monotonic() - m_startedAt);
    finish(error);
    if (error.isError())
        m_settings.log->warning(LogEntry::Area::Operations,
                                u"The request %1 failed."_s.arg(operationId()), error);
    else if (m_settings.log->isTelling(LogEntry::Level::Debug, LogEntry::Area::Operations))
        m_settings.log->debug(LogEntry::Area::Operations,
                              u"The request %1 was answered."_s.arg(operationId()));
}

} // namespace AppSync
