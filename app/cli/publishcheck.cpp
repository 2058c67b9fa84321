// SPDX-License-Identifier: Apache-2.0
#include "app/cli/publishcheck.h"

#include "app/core/jsontext.h"

#include <AppSync/Limits>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

qsizetype totalSize(const QList<QByteArray> &events)
{
    qsizetype total = 0;
    for (const QByteArray &event : events)
        total += event.size();
    return total;
}

//! The header that carries the credential; none without one.
QByteArray headerName(const std::optional<Credential> &credential)
{
    if (!credential || credential->mode == AuthMode::None)
        return {};
    return credential->mode == AuthMode::ApiKey ? "x-api-key" : "Authorization";
}

} // namespace

QStringList sizeWarnings(const QList<QByteArray> &events)
{
    using namespace AppSync::Limits;
    const QString text =
        u"%1 has %2 bytes; above %3 the service may refuse it, above %4 it does."_s;
    QStringList warnings;
    for (qsizetype i = 0; i < events.size(); ++i) {
        const qsizetype size = events.at(i).size();
        if (size > kEventWarnBytes && size <= kEventMaxBytes) {
            warnings.append(text.arg(u"Event %1"_s.arg(i + 1))
                                .arg(size)
                                .arg(kEventWarnBytes)
                                .arg(kEventMaxBytes));
        }
    }
    const qsizetype total = totalSize(events);
    if (total > kPublishWarnBytes && total <= kPublishMaxBytes)
        warnings.append(
            text.arg(u"The request"_s).arg(total).arg(kPublishWarnBytes).arg(kPublishMaxBytes));
    return warnings;
}

Messages::Request describeRequest(const AppSync::Endpoint &endpoint,
                                  const std::optional<Credential> &credential, bool http,
                                  const QString &channel, const QList<QByteArray> &events)
{
    QByteArray texts;
    for (const QByteArray &event : events)
        texts += (texts.isEmpty() ? "" : ",") + JsonText::quoted(QString::fromUtf8(event));
    const QByteArray common =
        "\"channel\":" + JsonText::quoted(channel) + ",\"events\":[" + texts + ']';
    const QByteArray header = headerName(credential);

    Messages::Request request;
    request.channel = channel;
    request.via = http ? u"http"_s : u"ws"_s;
    request.url = (http ? endpoint.http() : endpoint.realtime()).toString();
    request.events = int(events.size());
    request.bytes = totalSize(events);
    if (http) {
        request.headers.emplaceBack("content-type", "application/json");
        if (!header.isEmpty())
            request.headers.emplaceBack(header, "***");
        request.body = '{' + common + '}';
        return request;
    }
    const QByteArray secret = header.isEmpty() ? QByteArray() : ",\"" + header + "\":\"***\"";
    request.body = R"({"type":"publish","id":"<new>",)" + common
        + ",\"authorization\":{\"host\":" + JsonText::quoted(endpoint.host()) + secret + "}}";
    return request;
}

} // namespace Syncscope::Cli
