// SPDX-License-Identifier: Apache-2.0
#include "app/ui/publishdraft.h"

#include "app/ui/jsonformatter.h"
#include "app/ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

namespace Limits = AppSync::Limits;

// The library counts bytes of UTF-8, editors count UTF-16 units.
qsizetype characterAt(const QByteArray &utf8, qsizetype byteOffset)
{
    return QString::fromUtf8(utf8.first(std::min(byteOffset, utf8.size()))).size();
}

QString asText(const AppSync::Error &error)
{
    return Wording::withNextStep(error.message, error.nextStep);
}

} // namespace

PublishDraft::PublishDraft(QObject *parent) : QObject(parent)
{
    judge();
}

void PublishDraft::setClient(AppSync::EventsClient *client, const ClaimsSource &claims)
{
    if (m_client)
        m_client->disconnect(&m_results);
    m_client = client;
    m_claims = claims;
    if (client)
        connect(client, &AppSync::EventsClient::frameSeen, &m_results, &PublishLog::onFrame);
    judge();
}

void PublishDraft::setChannel(const QString &channel)
{
    if (m_channel == channel)
        return;
    m_channel = channel;
    judge();
}

void PublishDraft::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    judge();
}

void PublishDraft::setShape(Shape shape)
{
    if (m_shape == shape)
        return;
    m_shape = shape;
    judge();
}

void PublishDraft::setVia(Via via)
{
    if (m_via == via)
        return;
    m_via = via;
    Q_EMIT changed();
}

QString PublishDraft::sizeText() const
{
    return tr("%1 of %2")
        .arg(Wording::bytes(largestEvent()), Wording::bytes(Limits::kEventWarnBytes));
}

double PublishDraft::sizeShare() const
{
    return double(largestEvent()) / double(Limits::kEventWarnBytes);
}

bool PublishDraft::canSend() const
{
    return canSendAnyway() && m_limitProblem.isEmpty();
}

bool PublishDraft::canSendAnyway() const
{
    return hasClient() && !m_channel.trimmed().isEmpty() && m_channelProblem.isEmpty()
        && m_textProblem.isEmpty() && !m_events.isEmpty();
}

void PublishDraft::send()
{
    if (canSend())
        publish(true);
}

void PublishDraft::sendAnyway()
{
    if (canSendAnyway())
        publish(false);
}

void PublishDraft::format()
{
    if (!m_text.isEmpty() && m_textProblem.isEmpty())
        setText(JsonFormatter::indented(m_text));
}

void PublishDraft::publish(bool check)
{
    judge(); // of the claims as they are now
    if (!canSendAnyway())
        return;
    AppSync::PublishOptions options;
    options.check = check;
    options.via = m_via == Via::Http ? AppSync::EventsClient::PublishVia::Http
                                     : AppSync::EventsClient::PublishVia::WebSocket;
    AppSync::PublishReply *reply = m_client->publish(
        AppSync::Validation::normalizedChannel(m_filledChannel), m_events, options);
    m_results.add(reply, m_events.size(), m_via == Via::Http ? tr("HTTP") : tr("WebSocket"));
}

void PublishDraft::judge()
{
    judgeChannel();
    judgeText();
    fillIn();
    judgeLimits();
    Q_EMIT changed();
}

void PublishDraft::judgeChannel()
{
    Problem problem;
    m_filledChannel = withClaimsOf(m_channel.trimmed(), m_claims, &problem).value_or(QString());
    if (problem.isProblem())
        m_channelProblem = asText(problem.toError());
    else if (m_filledChannel.isEmpty())
        m_channelProblem.clear();
    else
        m_channelProblem = asText(AppSync::Validation::publishChannel(m_filledChannel));
}

void PublishDraft::fillIn()
{
    if (!needsClaims(m_text))
        return;
    const AppSync::JwtClaims claims = m_claims ? m_claims() : AppSync::JwtClaims();
    for (QByteArray &event : m_events)
        event = withClaimsInJson(event, claims);
}

void PublishDraft::judgeText()
{
    m_events.clear();
    m_textProblem.clear();
    m_problemPosition = -1;
    if (m_text.trimmed().isEmpty())
        return;
    const QByteArray utf8 = m_text.toUtf8();
    const AppSync::Validation::JsonProblem problem = AppSync::Validation::json(utf8);
    if (problem.isProblem()) {
        m_problemPosition = int(characterAt(utf8, problem.offset));
        m_textProblem = tr("%1: %2").arg(positionText(m_problemPosition), problem.message);
        return;
    }
    if (m_shape == Shape::OneEvent) {
        m_events = {utf8.trimmed()};
    } else if (JsonFormatter::isArray(m_text)) {
        const QList<QStringView> elements = JsonFormatter::elements(m_text);
        for (const QStringView element : elements)
            m_events += element.toUtf8();
        if (m_events.isEmpty())
            m_textProblem = tr("The array is empty: a batch has one to five events.");
    } else {
        m_textProblem = tr("A batch is an array of events: [ …, … ]. This is a single value.");
    }
}

void PublishDraft::judgeLimits()
{
    m_limitProblem.clear();
    m_hint.clear();
    if (m_events.isEmpty())
        return;
    m_limitProblem = asText(AppSync::Validation::events(m_events));
    if (!m_limitProblem.isEmpty())
        return;
    const bool hasPlaces =
        std::any_of(m_events.cbegin(), m_events.cend(),
                    [](const QByteArray &event) { return needsClaims(QString::fromUtf8(event)); });
    if (hasPlaces)
        m_hint = tr("No token in use has these claims: {{…}} is published as it stands.");
    else if (largestEvent() > Limits::kEventWarnBytes)
        m_hint = tr("Close to the limit of 240 KB: the service may refuse it.");
    else if (m_shape == Shape::OneEvent && JsonFormatter::isArray(m_text))
        m_hint = tr("The array is published as one event. Choose “Batch” to publish its elements.");
}

QString PublishDraft::positionText(qsizetype position) const
{
    const QStringView before = QStringView(m_text).first(position);
    const qsizetype line = before.count(u'\n') + 1;
    const qsizetype column = position - (before.lastIndexOf(u'\n') + 1) + 1;
    return tr("Line %1:%2").arg(line).arg(column);
}

qsizetype PublishDraft::largestEvent() const
{
    qsizetype largest = 0;
    for (const QByteArray &event : m_events)
        largest = std::max(largest, event.size());
    return largest;
}

} // namespace Syncscope
