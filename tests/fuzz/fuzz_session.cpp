// SPDX-License-Identifier: Apache-2.0
// The emulator's WebSocket side: each frame gets its one answer, which the client's decoder understands,
// and events arrive where they were subscribed, as they were published. Input: frames, one a line.
#include "emulatorpeer.h"
#include "fuzz.h"

#include "lib/emulator/control/apis_p.h"
#include "lib/emulator/events/eventsapi_p.h"
#include "lib/wire/eventsprotocol_p.h"

#include <AppSync/Event>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

using namespace AppSync;
using Fuzz::EmulatorPeer;
using Kind = Incoming::Kind;
using namespace Qt::StringLiterals;

namespace {

void upgrade(EmulatorPeer &peer)
{
    const QByteArray authorization =
        R"({"host":"localhost","x-api-key":")" + QByteArray(Fuzz::kApiKey) + R"("})";
    peer.send(
        "GET /event/realtime HTTP/1.1\r\n"
        "Host: localhost\r\n"
        "Connection: Upgrade\r\n"
        "Upgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        "Sec-WebSocket-Protocol: aws-appsync-event-ws, header-"
        + authorization.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        + "\r\n\r\n");
    const QByteArray answer = peer.take();
    FUZZ_CHECK(answer.startsWith("HTTP/1.1 101") && answer.endsWith("\r\n\r\n"));
    FUZZ_CHECK(EmulatorPeer::apis().first().sessionCount() == 1);
}

//! A text frame as a client sends it, with a mask that changes nothing.
QByteArray textFrame(const QByteArray &text)
{
    QByteArray frame("\x81", 1);
    if (text.size() < 126) {
        frame += char(0x80 | text.size());
    } else {
        FUZZ_CHECK(text.size() <= 0xffff);
        frame += char(0x80 | 126);
        frame += char(text.size() >> 8);
        frame += char(text.size() & 0xff);
    }
    return frame + QByteArray(4, '\0') + text;
}

//! The texts of a server's frames.
QList<QByteArray> textsOf(const QByteArray &stream)
{
    QList<QByteArray> texts;
    qsizetype at = 0;
    while (at < stream.size()) {
        FUZZ_CHECK(stream.size() - at >= 2 && stream[at] == '\x81');
        qsizetype size = uchar(stream[at + 1]);
        at += 2;
        if (size == 126) {
            FUZZ_CHECK(stream.size() - at >= 2);
            size = (uchar(stream[at]) << 8) | uchar(stream[at + 1]);
            at += 2;
        } else {
            FUZZ_CHECK(size < 126);
        }
        FUZZ_CHECK(stream.size() - at >= size);
        texts << stream.mid(at, size);
        at += size;
    }
    return texts;
}

class Conversation {
public:
    Conversation() { upgrade(m_peer); }

    void say(const QByteArray &text)
    {
        const QJsonObject request = QJsonDocument::fromJson(text).object();
        m_peer.send(textFrame(text));
        FUZZ_CHECK(m_peer.isConnected());
        int answers = 0;
        const QList<QByteArray> texts = textsOf(m_peer.take());
        for (const QByteArray &utf8 : texts) {
            FUZZ_CHECK(QJsonDocument::fromJson(utf8).isObject());
            const Fuzz::ExactText frame(QString::fromUtf8(utf8));
            const Incoming incoming = eventsProtocol().decode(frame.string());
            FUZZ_CHECK(incoming.kind != Kind::Malformed && incoming.kind != Kind::Unknown);
            if (incoming.kind == Kind::Data) {
                checkEvent(incoming, frame.string(), request);
                continue;
            }
            ++answers;
            checkAnswer(incoming, request);
        }
        FUZZ_CHECK(answers == 1);
        FUZZ_CHECK(EmulatorPeer::apis().first().subscriptionCount() == m_subscribed.size());
    }

private:
    void checkAnswer(const Incoming &incoming, const QJsonObject &request)
    {
        const QString type = request[u"type"_s].toString();
        const QString id = request[u"id"_s].toString();
        const bool isOperation =
            type == u"subscribe" || type == u"unsubscribe" || type == u"publish";
        if (type == u"connection_init") {
            FUZZ_CHECK(incoming.kind == Kind::Ack);
        } else if (!isOperation || id.isEmpty()) {
            FUZZ_CHECK(incoming.kind == Kind::Error && incoming.id.isEmpty());
        } else {
            FUZZ_CHECK(incoming.id == id);
            FUZZ_CHECK(incoming.type == type + u"_success"_s
                       || incoming.type == type + u"_error"_s);
        }
        note(incoming.kind, id, request);
    }

    void note(Kind kind, const QString &id, const QJsonObject &request)
    {
        if (kind == Kind::SubscribeSuccess) {
            FUZZ_CHECK(!m_subscribed.contains(id));
            m_subscribed.insert(id);
        } else if (kind == Kind::UnsubscribeSuccess) {
            FUZZ_CHECK(m_subscribed.remove(id));
        } else if (kind == Kind::PublishSuccess) {
            const qsizetype events = request[u"events"_s].toArray().size();
            FUZZ_CHECK(events >= 1 && events <= 5);
        }
    }

    void checkEvent(const Incoming &incoming, const QString &frame, const QJsonObject &request)
    {
        FUZZ_CHECK(request[u"type"_s].toString() == u"publish");
        FUZZ_CHECK(m_subscribed.contains(incoming.id.toString()));
        FUZZ_CHECK(incoming.events.size() == 1);
        const Incoming::Payload &payload = incoming.events[0];
        const Event event(frame, payload.begin, payload.end, payload.hasEscapes);
        FUZZ_CHECK(request[u"events"_s].toArray().contains(event.text()));
    }

    EmulatorPeer m_peer;
    QSet<QString> m_subscribed;
};

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = Fuzz::bytes(data, size);
    if (!Fuzz::isUtf8(input) || size > 0xffff)
        return -1; // Qt closes a WebSocket over text that is none
    Conversation conversation;
    for (const QByteArray &frame : input.split('\n'))
        conversation.say(frame);
    return 0;
}
