// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureexport.h"

#include "app/core/capture/capturecopy.h"
#include "app/core/jsontext.h"

#include <QSaveFile>
#include <QUrl>

#include <map>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! Writes to a device until that fails.
class Sink {
public:
    explicit Sink(QIODevice *device) : m_device(device) { }

    bool write(const QByteArray &bytes)
    {
        m_isGood = m_isGood && m_device->write(bytes) == bytes.size();
        return m_isGood;
    }
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    QIODevice *const m_device;
    bool m_isGood = true;
};

QByteArray quoted(const QByteArray &utf8)
{
    return JsonText::quoted(QString::fromUtf8(utf8));
}

bool writeNdJson(CaptureFile &capture, const Filter &filter, Sink &sink,
                 const CaptureFile::Progress &progress)
{
    return capture.read(
        filter, {},
        [&](const CapturedFrame &frame) {
            return sink.write("{\"v\":1,\"n\":" + QByteArray::number(frame.number) + ",\"t\":\""
                              + captureTime(frame.atMs) + "\"," + captureMembers(frame) + ','
                              + captureDetails(frame) + "}\n");
        },
        progress);
}

bool writeCsv(CaptureFile &capture, const Filter &filter, Sink &sink,
              const CaptureFile::Progress &progress)
{
    sink.write("n,t,dir,kind,type,sub,channel,transport,operation,connection,monotonicNs,bytes,"
               "text,raw\r\n");
    return capture.read(
        filter, {},
        [&](const CapturedFrame &frame) {
            const CaptureOrigin &origin = *frame.origin;
            QByteArrayList fields{QByteArray::number(frame.number),
                                  captureTime(frame.atMs),
                                  origin.dir,
                                  origin.kind,
                                  origin.type,
                                  origin.sub,
                                  origin.channel,
                                  origin.transport,
                                  frame.operation(),
                                  QByteArray::number(origin.connection),
                                  QByteArray::number(frame.monotonicNs),
                                  QByteArray::number(frame.bytes),
                                  frame.events().join('\n'),
                                  frame.text()};
            for (QByteArray &field : fields)
                field = csvField(field);
            return sink.write(fields.join(',') + "\r\n");
        },
        progress);
}

//! Seconds since 1970, as Chrome counts.
QByteArray seconds(qint64 ms)
{
    return QByteArray::number(ms / 1000) + '.'
        + QByteArray::number(ms % 1000).rightJustified(3, '0');
}

//! Where the requests beside a connection went.
QString httpUrl(const QString &realtime)
{
    QUrl url(realtime);
    url.setScheme(url.scheme() == u"ws" ? u"http"_s : u"https"_s);
    url.setHost(url.host().replace(u"appsync-realtime-api"_s, u"appsync-api"_s));
    QString path = url.path();
    if (path.endsWith(u"/realtime"))
        path.chop(qsizetype(qstrlen("/realtime")));
    url.setPath(path);
    return url.toString();
}

//! An entry up to its response's content.
QByteArray harEntry(qint64 atMs, const QByteArray &method, const QString &url,
                    const QByteArray &postData, const QByteArray &status)
{
    static const QByteArray kNothing =
        R"("httpVersion":"HTTP/1.1","cookies":[],"headers":[],"headersSize":-1,"bodySize":-1)";
    return R"({"startedDateTime":")" + captureTime(atMs) + R"(","time":0,"cache":{},)"
        + R"("timings":{"send":0,"wait":0,"receive":0},"request":{"method":")" + method
        + R"(","url":)" + JsonText::quoted(url) + ",\"queryString\":[]," + kNothing + postData
        + R"(},"response":{"status":)" + status + R"(,"statusText":"","redirectURL":"",)"
        + kNothing;
}

QByteArray harHttpEntry(const CapturedFrame &request, const CapturedFrame *answer,
                        const QString &url)
{
    const QByteArray text = answer ? answer->text() : QByteArray();
    const QByteArray status =
        answer && answer->origin->type.startsWith("HTTP ") ? answer->origin->type.mid(5) : "0";
    return harEntry(request.atMs, "POST", url,
                    R"(,"postData":{"mimeType":"application/json","text":)" + quoted(request.text())
                        + '}',
                    status)
        + R"(,"content":{"size":)" + QByteArray::number(text.size())
        + R"(,"mimeType":"application/json","text":)" + quoted(text) + "}}}";
}

//! HAR has a list of entries: one for each connection, with its messages, and one for each request.
class HarWriter {
public:
    HarWriter(CaptureFile &capture, const Filter &filter, Sink &sink,
              const CaptureFile::Progress &progress)
        : m_capture(capture), m_filter(filter), m_sink(sink), m_progress(progress)
    {
    }

    bool write()
    {
        m_sink.write(R"({"log":{"version":"1.2","creator":{"name":"Syncscope","version":"1"},)"
                     "\"pages\":[],\"entries\":[");
        for (const CaptureFile::Connection &connection : m_capture.connections())
            m_connections.insert({connection.id, connection});
        // What frames belong to and nobody wrote down is a connection, too.
        const bool isGood = m_capture.read(
            m_filter, {},
            [&](const CapturedFrame &frame) {
                const qint64 id = frame.origin->connection;
                m_connections.insert({id, {id, QString(), frame.atMs}});
                m_used.insert(id);
                return true;
            },
            m_progress);
        if (!isGood)
            return false;
        for (const qint64 id : std::as_const(m_used)) {
            if (!writeConnection(m_connections.at(id)))
                return false;
        }
        return m_sink.write("]}}\n");
    }

private:
    bool writeConnection(const CaptureFile::Connection &connection)
    {
        bool isFirst = true;
        const auto open = [&] {
            startEntry();
            m_sink.write(harEntry(connection.startedMs, "GET", connection.url, {}, "101")
                         + R"(,"content":{"size":0,"mimeType":""}},"_resourceType":"websocket",)"
                         + "\"_webSocketMessages\":[");
        };
        std::map<qint64, CapturedFrame> requests;
        QByteArrayList http;
        const bool isGood = m_capture.read(m_filter, {}, [&](const CapturedFrame &frame) {
            if (frame.origin->connection != connection.id || frame.isNote())
                return true;
            if (frame.origin->transport == "http") {
                collect(frame, httpUrl(connection.url), &requests, &http);
                return true;
            }
            if (isFirst)
                open();
            const bool isSent = frame.origin->dir == "out";
            m_sink.write((isFirst ? "" : ",") + QByteArray(R"({"type":")")
                         + (isSent ? "send" : "receive") + R"(","time":)" + seconds(frame.atMs)
                         + R"(,"opcode":1,"data":)" + quoted(frame.text()) + '}');
            isFirst = false;
            return m_sink.isGood();
        });
        if (!isFirst)
            m_sink.write("]}");
        for (const auto &[number, request] : requests)
            http.append(harHttpEntry(request, nullptr, httpUrl(connection.url)));
        for (const QByteArray &entry : std::as_const(http)) {
            startEntry();
            m_sink.write(entry);
        }
        return isGood;
    }

    void collect(const CapturedFrame &frame, const QString &url,
                 std::map<qint64, CapturedFrame> *requests, QByteArrayList *entries)
    {
        if (frame.origin->dir == "out") {
            requests->insert({frame.number, frame});
            return;
        }
        const auto request = requests->find(frame.link);
        if (request == requests->end()) // filtered away
            return;
        entries->append(harHttpEntry(request->second, &frame, url));
        requests->erase(request);
    }

    void startEntry()
    {
        m_sink.write(m_hasEntry ? ",\n" : "\n");
        m_hasEntry = true;
    }

    CaptureFile &m_capture;
    const Filter &m_filter;
    Sink &m_sink;
    const CaptureFile::Progress &m_progress;
    std::map<qint64, CaptureFile::Connection> m_connections;
    QSet<qint64> m_used;
    bool m_hasEntry = false;
};

} // namespace

QByteArray csvField(const QByteArray &text)
{
    const bool isPlain =
        !text.contains('"') && !text.contains(',') && !text.contains('\n') && !text.contains('\r');
    if (isPlain)
        return text;
    QByteArray doubled = text;
    doubled.replace('"', "\"\"");
    return '"' + doubled + '"';
}

Problem exportCapture(CaptureFile &capture, const Filter &filter, const QString &path,
                      CaptureFileType type, const CaptureFile::Progress &progress)
{
    if (type == CaptureFileType::Capture)
        return copyCapture(capture, filter, path, {}, progress);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return Problem::file(u"Cannot write %1: %2."_s.arg(path, file.errorString()));
    bool isEnded = false;
    const CaptureFile::Progress watched = [&](qint64 done, qint64 all) {
        isEnded = progress && !progress(done, all);
        return !isEnded;
    };
    Sink sink(&file);
    bool isRead = false;
    if (type == CaptureFileType::NdJson)
        isRead = writeNdJson(capture, filter, sink, watched);
    else if (type == CaptureFileType::Csv)
        isRead = writeCsv(capture, filter, sink, watched);
    else
        isRead = HarWriter(capture, filter, sink, watched).write();
    if (!isRead && capture.problem().isProblem())
        return capture.problem();
    if (isEnded)
        return makingEnded(path);
    if (!sink.isGood() || !file.commit())
        return Problem::file(u"Cannot write %1: %2."_s.arg(path, file.errorString()),
                             u"Is the disk full?"_s);
    return {};
}

} // namespace Syncscope
