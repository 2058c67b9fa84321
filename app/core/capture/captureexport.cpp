// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureexport.h"

#include "app/core/capture/damagedsource.h"
#include "app/core/jsontext.h"

#include <QFile>
#include <QSaveFile>
#include <QUrl>

#include <cerrno>
#include <map>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! Writes to a device until that fails.
class Sink {
public:
    explicit Sink(QFileDevice *device) : m_device(device) { }

    bool write(const QByteArray &bytes)
    {
        for (qint64 done = 0; m_isGood && done < bytes.size();) {
            const qint64 count = m_device->write(bytes.constData() + done, bytes.size() - done);
            if (check(count > 0))
                done +=
                    count; // a disk that gets full takes what still fits, and says why with the rest
        }
        return m_isGood;
    }
    bool flush() { return check(m_device->flush()); }
    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] QString reason() const { return m_reason; } //!< of the first failure

private:
    bool check(bool isWritten)
    {
        if (m_isGood && !isWritten) {
            (void)m_device->flush(); // the same of its buffer
            m_reason = m_device->errorString();
        }
        m_isGood = m_isGood && isWritten;
        return m_isGood;
    }

    QFileDevice *const m_device;
    bool m_isGood = true;
    QString m_reason;
};

//! What is to be written of a capture, as often as a writer wants to see it.
class ExportSource {
public:
    ExportSource(CaptureFile &capture, const Filter &filter, const CaptureRedaction &redaction,
                 const CaptureFile::Progress &progress)
        : m_capture(capture), m_filter(filter), m_mask(redaction), m_progress(progress)
    {
        m_connections = capture.connections();
        note(!capture.problem().isProblem());
    }

    [[nodiscard]] const QList<CaptureFile::Connection> &connections() const
    {
        return m_connections;
    }
    //! Shows all of them as they are, with progress.
    void survey(const CaptureFile::Visit &visit)
    {
        m_frames = 0;
        note(m_capture.read(
            m_filter, {},
            [&](const CapturedFrame &frame) {
                ++m_frames;
                return visit(frame);
            },
            [this](qint64 done, qint64 all) {
                m_isEnded = m_progress && !m_progress(done, all);
                return !m_isEnded;
            }));
    }
    //! Shows all of them as they are to be written, with progress.
    void read(const CaptureFile::Visit &visit)
    {
        survey([&](const CapturedFrame &frame) { return visit(m_mask.copyOf(frame)); });
    }
    //! Shows once more those of one connection.
    void read(qint64 connection, const CaptureFile::Visit &visit)
    {
        note(m_capture.read(m_filter, {}, [&](const CapturedFrame &frame) {
            return frame.origin->connection != connection || visit(m_mask.copyOf(frame));
        }));
    }
    [[nodiscard]] bool isEnded() const { return m_isEnded; } //!< by whoever looks at the progress
    [[nodiscard]] qint64 frames() const { return m_frames; }
    //! Why not all could be read.
    [[nodiscard]] const Problem &damage() const { return m_damage; }

private:
    void note(bool isRead)
    {
        if (!isRead)
            m_damage = m_capture.problem();
    }

    CaptureFile &m_capture;
    const Filter &m_filter;
    FrameMask m_mask;
    const CaptureFile::Progress &m_progress;
    QList<CaptureFile::Connection> m_connections;
    qint64 m_frames = 0;
    bool m_isEnded = false;
    Problem m_damage;
};

QByteArray quoted(const QByteArray &utf8)
{
    return JsonText::quoted(QString::fromUtf8(utf8));
}

void writeNdJson(ExportSource &source, Sink &sink)
{
    source.read([&](const CapturedFrame &frame) {
        return sink.write("{\"v\":1,\"n\":" + QByteArray::number(frame.number) + ",\"t\":\""
                          + captureTime(frame.atMs) + "\"," + captureMembers(frame) + ','
                          + captureDetails(frame) + "}\n");
    });
}

void writeCsv(ExportSource &source, Sink &sink)
{
    sink.write("n,t,dir,kind,type,sub,channel,transport,operation,connection,monotonicNs,bytes,"
               "text,raw\r\n");
    source.read([&](const CapturedFrame &frame) {
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
    });
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
    HarWriter(ExportSource &source, Sink &sink) : m_source(source), m_sink(sink) { }

    void write()
    {
        m_sink.write(R"({"log":{"version":"1.2","creator":{"name":"Syncscope","version":"1"},)"
                     "\"pages\":[],\"entries\":[");
        for (const CaptureFile::Connection &connection : m_source.connections())
            m_connections.insert({connection.id, connection});
        // What frames belong to and nobody wrote down is a connection, too.
        m_source.survey([&](const CapturedFrame &frame) {
            const qint64 id = frame.origin->connection;
            m_connections.insert({id, {id, QString(), frame.atMs}});
            m_used.insert(id);
            return true;
        });
        for (const qint64 id : std::as_const(m_used)) {
            if (!m_source.isEnded() && m_sink.isGood())
                writeConnection(m_connections.at(id));
        }
        m_sink.write("]}}\n");
    }

private:
    void writeConnection(const CaptureFile::Connection &connection)
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
        m_source.read(connection.id, [&](const CapturedFrame &frame) {
            if (frame.isNote())
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

    ExportSource &m_source;
    Sink &m_sink;
    std::map<qint64, CaptureFile::Connection> m_connections;
    QSet<qint64> m_used;
    bool m_hasEntry = false;
};

//! In the system's words, but for the one that is frequent.
Problem cannotWrite(const QString &path, const QString &reason)
{
#ifdef Q_OS_WIN
    constexpr int kDiskFull = 112;
#else
    constexpr int kDiskFull = ENOSPC;
#endif
    if (reason == qt_error_string(kDiskFull))
        return Problem::file(u"Cannot write %1: the disk is full."_s.arg(path),
                             u"Make room, or choose another folder."_s);
    return Problem::file(u"Cannot write %1: %2."_s.arg(path, reason),
                         u"Look at the disk, and at the permissions of the folder."_s);
}

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
                      CaptureFileType type, const CaptureRedaction &redaction,
                      const CaptureFile::Progress &progress)
{
    if (type == CaptureFileType::Capture)
        return copyCapture(capture, filter, path, redaction, progress);
    QSaveFile file(path);
    const bool isNew = !QFile::exists(path);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(path, file.errorString());
    if (isNew) // it holds what people sent, as captures do
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    ExportSource source(capture, filter, redaction, progress);
    Sink sink(&file);
    if (type == CaptureFileType::NdJson)
        writeNdJson(source, sink);
    else if (type == CaptureFileType::Csv)
        writeCsv(source, sink);
    else
        HarWriter(source, sink).write();
    if (source.isEnded())
        return makingEnded(path);
    if (!sink.flush()) // whose reason committing would forget
        return cannotWrite(path, sink.reason());
    const Problem &damage = source.damage();
    if (damage.isProblem()) {
        const Problem refusal = DamagedSource::refusal(path, source.frames(), damage);
        if (refusal.isProblem())
            return refusal;
    }
    if (!file.commit())
        return cannotWrite(path, file.errorString());
    return damage.isProblem() ? DamagedSource::partOnly(path, source.frames(), damage) : Problem();
}

} // namespace Syncscope
