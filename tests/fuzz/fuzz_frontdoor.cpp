// SPDX-License-Identifier: Apache-2.0
// The emulator's HTTP front: requests, pipelined or not, up to an upgrade. However the bytes are cut into
// pieces, they are answered alike, and every answer is HTTP. Input: one byte that says where to cut, then
// what a client sends.
#include "emulatorpeer.h"
#include "fuzz.h"

#include "lib/emulator/http/httprequest_p.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>

#include <algorithm>

using namespace AppSync::Emulation;
using Fuzz::EmulatorPeer;
using namespace Qt::StringLiterals;

namespace {

bool isDigits(const QByteArray &text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool hasControls(const QByteArray &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return (uchar(c) < 0x20 && c != '\t') || c == 0x7f; });
}

//! Every line of a head that is understood is one header, and nothing of it gets lost.
void checkHead(const QByteArray &head)
{
    const auto request = HttpRequest::parse(head);
    if (!request)
        return;
    QByteArray again = request->method + ' ' + request->path
        + (request->isHttp10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    for (const auto &[name, value] : request->headers) {
        FUZZ_CHECK(!name.isEmpty() && !hasControls(name) && !hasControls(value));
        FUZZ_CHECK(request->count(name) > 0 && !request->header(name).isNull());
        again += name + ": " + value + "\r\n";
    }
    const auto reread = HttpRequest::parse(again + "\r\n");
    FUZZ_CHECK(reread && reread->headers == request->headers);
    FUZZ_CHECK(reread->method == request->method && reread->path == request->path);
    // Request line and empty line are the two that are no headers.
    FUZZ_CHECK(head.count("\r\n") == request->headers.size() + 2);
    FUZZ_CHECK(head.count('\n') == head.count("\r\n"));
}

void checkBody(const QByteArray &body, bool isXml)
{
    if (!isXml) {
        FUZZ_CHECK(QJsonDocument::fromJson(body).isObject());
        return;
    }
    QXmlStreamReader reader(body); // of STS
    while (!reader.atEnd())
        reader.readNext();
    FUZZ_CHECK(!reader.hasError());
}

//! One answer at the beginning of \a stream; what follows it.
QByteArray checkAnswer(const QByteArray &stream)
{
    static const QSet<QByteArray> known{"content-type",
                                        "content-length",
                                        "x-amzn-requestid",
                                        "x-amzn-errortype",
                                        "x-amzn-appsync-tokensconsumed",
                                        "connection",
                                        "upgrade",
                                        "vary",
                                        "allow",
                                        "server",
                                        "date",
                                        "access-control-allow-credentials",
                                        "sec-websocket-version",
                                        "sec-websocket-accept",
                                        "sec-websocket-protocol",
                                        "access-control-allow-origin",
                                        "access-control-expose-headers",
                                        "access-control-allow-methods",
                                        "access-control-allow-headers",
                                        "access-control-max-age",
                                        "access-control-allow-private-network"};
    const qsizetype end = stream.indexOf("\r\n\r\n");
    FUZZ_CHECK(end > 0);
    const QList<QByteArray> lines = stream.first(end).replace("\r\n", "\n").split('\n');
    FUZZ_CHECK(lines.first().startsWith("HTTP/1.1 ") && isDigits(lines.first().mid(9, 3)));
    qsizetype size = 0;
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(": ");
        FUZZ_CHECK(colon > 0 && !hasControls(line));
        FUZZ_CHECK(known.contains(line.first(colon).toLower()));
        if (line.startsWith("Content-Length: "))
            size = line.mid(16).toLongLong();
    }
    const QByteArray rest = stream.sliced(end + 4);
    if (rest.isEmpty() || rest.startsWith("HTTP/1.1 ")) // no body, or that of a HEAD
        return rest;
    if (lines.first().startsWith("HTTP/1.1 101"))
        return {};
    FUZZ_CHECK(size > 0 && rest.size() >= size);
    checkBody(rest.first(size), lines.contains("Content-Type: text/xml"));
    return rest.sliced(size);
}

//! \a stream without what is made up for each answer.
QByteArray comparable(const QByteArray &stream)
{
    static const QRegularExpression madeUp(
        u"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\\r\\nDate: [^\\r]*"_s);
    QString text = QString::fromLatin1(stream);
    return text.replace(madeUp, u"*"_s).toLatin1();
}

QByteArray answersToWhole(const QByteArray &stream)
{
    EmulatorPeer peer;
    peer.send(stream);
    return peer.take();
}

QByteArray answersToPieces(const QByteArray &stream, uchar seed)
{
    EmulatorPeer peer;
    quint32 state = seed + 1U;
    for (qsizetype at = 0; at < stream.size();) {
        state = state * 1664525U + 1013904223U;
        // Mostly small pieces at the beginning, where the limits of lines are.
        const qsizetype size = 1 + qsizetype(state >> 24) % (at < 64 ? 8 : 200);
        peer.send(stream.mid(at, size));
        at += size;
    }
    return peer.take();
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return -1;
    const QByteArray stream = Fuzz::bytes(data + 1, size - 1);
    if (const qsizetype end = stream.indexOf("\r\n\r\n"); end >= 0)
        checkHead(stream.first(end + 4));
    EmulatorPeer().sendAndGo(stream);
    const QByteArray answers = answersToWhole(stream);
    for (QByteArray rest = answers; !rest.isEmpty();)
        rest = checkAnswer(rest);
    const QByteArray whole = comparable(answers);
    const QByteArray pieces = comparable(answersToPieces(stream, data[0]));
    FUZZ_CHECK(whole == pieces);
    return 0;
}
