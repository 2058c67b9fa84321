// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureimport.h"

#include "app/core/capture/capturebatch.h"
#include "app/core/capture/csvreader.h"
#include "app/core/capture/operationmemory.h"
#include "app/core/capture/unfinishedfile.h"
#include "app/core/filter/jsonpath.h"
#include "app/core/jsontext.h"

#include <QFile>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Frame = AppSync::Frame;

//! A string's text, or what else is written there; empty for null.
QByteArray textAt(QByteArrayView json, std::initializer_list<const char *> names)
{
    const QByteArrayView value = jsonMember(json, names);
    if (value.startsWith('"'))
        return jsonStringText(value);
    return value == "null" ? QByteArray() : value.toByteArray();
}

QString stringAt(QByteArrayView json, std::initializer_list<const char *> names)
{
    return QString::fromUtf8(textAt(json, names));
}

Frame::Direction directionOf(const QByteArray &word)
{
    return word == "out" ? Frame::Direction::Out : Frame::Direction::In;
}

//! Type and id as the protocol has them in every frame.
void readEnvelope(Frame *frame)
{
    const QByteArray text = frame->text.toUtf8();
    frame->type = stringAt(text, {"type"});
    frame->id = stringAt(text, {"id"});
}

//! What `subscribe` prints of an event, as the frame that it probably was.
Frame frameOfLine(const QByteArray &line, const QByteArray &kind)
{
    Frame frame;
    QByteArray event;
    if (const QByteArrayView value = jsonMember(line, {"event"}); !value.isNull())
        event = value.toByteArray();
    else if (const QByteArrayView text = jsonMember(line, {"text"}); !text.isNull())
        event = jsonStringText(text);
    else
        event = QByteArray::fromBase64(textAt(line, {"base64"}));
    const QString id = stringAt(line, {"sub"});
    const QByteArray quotedId = JsonText::quoted(id);
    if (kind == "data") {
        const QByteArrayView data = jsonMember(line, {"data"});
        const QByteArrayView errors = jsonMember(line, {"errors"});
        frame.text = u"{\"type\":\"data\",\"id\":\"\",\"payload\":{\"data\":"_s
            + QString::fromUtf8(data.isNull() ? QByteArrayView("null") : data) + u",\"errors\":"_s
            + QString::fromUtf8(errors.isNull() ? QByteArrayView("[]") : errors) + u"}}"_s;
    } else {
        frame.text = u"{\"id\":"_s + QString::fromUtf8(quotedId)
            + u",\"type\":\"data\",\"event\":"_s
            + QString::fromUtf8(JsonText::quoted(QString::fromUtf8(event))) + u'}';
        frame.id = id;
    }
    frame.type = u"data"_s;
    return frame;
}

//! With its byte order mark, or as text in ASCII looks in it.
bool isUtf16(const QByteArray &start)
{
    return start.startsWith("\xff\xfe") || start.startsWith("\xfe\xff")
        || (start.size() > 1 && (start.at(0) == '\0') != (start.at(1) == '\0'));
}

//! Why \a line is no line of NDJSON; empty: it is one.
QString mistakeOf(const QByteArray &line)
{
    if (!line.isValidUtf8())
        return u"is no UTF-8"_s;
    return line.startsWith('{') && JsonText::isValid(line) ? QString() : u"is no JSON object"_s;
}

//! Reads on to the end of a line.
void skipLine(QIODevice *source)
{
    QByteArray rest;
    do {
        rest = source->readLine(CaptureImport::kLongestLine);
    } while (!rest.isEmpty() && !rest.endsWith('\n'));
}

Problem notReadable(const QString &why, const QString &nextStep = {})
{
    return Problem::file(u"Cannot import the file: %1."_s.arg(why), nextStep);
}

} // namespace

bool CaptureImport::goesOn(qint64 done, qint64 all)
{
    m_isEnded = m_isEnded || (*m_progress && !(*m_progress)(done, all));
    return !m_isEnded;
}

QStringList CaptureImport::remarks() const
{
    QStringList remarks;
    if (m_leftOut > 0)
        remarks +=
            u"Lines that could not be read and are left out: %1. The first: %2."_s.arg(m_leftOut)
                .arg(m_firstLeftOut);
    if (m_timesMissed > 0)
        remarks +=
            u"Frames without a time that can be read: %1. They have that of the frame before, "
            "or 1970 if there is none."_s.arg(m_timesMissed);
    return remarks;
}

void CaptureImport::leaveOut(qint64 line, const QString &why)
{
    if (m_leftOut++ == 0)
        m_firstLeftOut = u"line %1 %2"_s.arg(line).arg(why);
}

Problem CaptureImport::emptiness(const QString &nextStep) const
{
    if (m_frames > 0 || m_isEnded)
        return {};
    return m_leftOut > 0 ? notReadable(m_firstLeftOut, nextStep)
                         : notReadable(u"it has no frames"_s);
}

QDateTime CaptureImport::timeOf(const QByteArray &text)
{
    const QDateTime time = QDateTime::fromString(QString::fromUtf8(text), Qt::ISODateWithMs);
    if (!time.isValid())
        return timeBefore();
    m_time = time.toUTC();
    return m_time;
}

QDateTime CaptureImport::timeBefore()
{
    ++m_timesMissed;
    return m_time;
}

bool CaptureImport::give(const Frame &frame)
{
    ++m_frames;
    m_isEnded = m_isEnded || !(*m_take)(frame, *this);
    return !m_isEnded;
}

Problem CaptureImport::read(QIODevice *source, CaptureFileType type, const Take &take,
                            const Progress &progress)
{
    m_take = &take;
    m_progress = &progress;
    m_isEnded = false;
    m_connection = 1;
    const QByteArray start = source->peek(3);
    if (isUtf16(start))
        return notReadable(
            u"it is UTF-16, and has to be UTF-8"_s,
            u"Windows PowerShell writes UTF-16 with `>`: there, convert it by `Get-Content OLD | "
            "Set-Content -Encoding utf8 NEW`, or record with --save FILE.ssc."_s);
    if (start == "\xef\xbb\xbf" && type != CaptureFileType::Har)
        (void)source->read(start.size()); // the byte order mark
    switch (type) {
    case CaptureFileType::NdJson:
        return readLines(source);
    case CaptureFileType::Csv:
        return readCsv(source);
    case CaptureFileType::Har: {
        // The file stays where it is: only what is looked at is read.
        auto *const file = qobject_cast<QFile *>(source);
        uchar *const memory = file && file->size() > 0 ? file->map(0, file->size()) : nullptr;
        if (!memory)
            return readHar(source->readAll());
        const Problem problem =
            readHar(QByteArray::fromRawData(reinterpret_cast<char *>(memory), file->size()));
        file->unmap(memory);
        return problem;
    }
    case CaptureFileType::Capture:
        break;
    }
    return notReadable(u"it is a capture already"_s);
}

Problem CaptureImport::readLines(QIODevice *source)
{
    for (qint64 number = 1;; ++number) {
        const QByteArray line = source->readLine(kLongestLine);
        if (line.isEmpty())
            break;
        const QByteArray trimmed = line.trimmed();
        const QString why = line.size() >= kLongestLine - 1 ? u"is too long"_s
            : trimmed.isEmpty()                             ? QString()
                                                            : mistakeOf(trimmed);
        if (line.size() >= kLongestLine - 1)
            skipLine(source);
        if (!why.isEmpty())
            leaveOut(number, why);
        else if (!trimmed.isEmpty() && !readLine(trimmed))
            break;
        if (!goesOn(source->pos(), source->size()))
            break;
    }
    return emptiness(u"NDJSON has one object a line, as `subscribe -o ndjson` prints them."_s);
}

bool CaptureImport::readLine(const QByteArray &line)
{
    const QByteArray kind = textAt(line, {"kind"});
    const QByteArrayView raw = jsonMember(line, {"raw"});
    m_sub = textAt(line, {"sub"});
    m_note = kind == "gap" || kind == "link" ? kind : QByteArray();
    const bool isEvent = kind == "event" || (kind == "data" && m_note.isEmpty());
    if (raw.isNull() && !isEvent && m_note.isEmpty()) {
        ++m_skipped;
        return true;
    }
    Frame frame;
    if (!raw.isNull()) {
        frame.text = QString::fromUtf8(jsonStringText(raw));
        frame.type = stringAt(line, {"type"});
        frame.id = stringAt(line, {"operation"});
        m_connection =
            qBound(qint64(1), textAt(line, {"connection"}).toLongLong(), qint64(1'000'000));
    } else if (isEvent) {
        frame = frameOfLine(line, kind);
    } else {
        frame.text = QString::fromUtf8(line);
    }
    frame.direction = directionOf(textAt(line, {"dir"}));
    frame.at = timeOf(textAt(line, {"t"}));
    frame.monotonicNs = textAt(line, {"monotonicNs"}).toLongLong();
    if (textAt(line, {"transport"}) == "http")
        frame.transport = Frame::Transport::Http;
    return give(frame);
}

Problem CaptureImport::readCsv(QIODevice *source)
{
    CsvReader reader(source);
    QByteArrayList header;
    QByteArrayList fields;
    if (!reader.next(&header) || !header.contains("raw") || !header.contains("t"))
        return notReadable(u"its first line does not name the columns t and raw"_s,
                           u"They are what `capture convert` writes."_s);
    const auto field = [&](const char *name) { return fields.value(header.indexOf(name)); };
    while (reader.next(&fields)) {
        if (fields.size() != header.size()) {
            leaveOut(reader.line(),
                     u"has %1 columns instead of %2"_s.arg(fields.size()).arg(header.size()));
            continue;
        }
        if (!field("raw").isValidUtf8()) {
            leaveOut(reader.line(), u"is no UTF-8"_s);
            continue;
        }
        Frame frame;
        frame.text = QString::fromUtf8(field("raw"));
        frame.type = QString::fromUtf8(field("type"));
        frame.id = QString::fromUtf8(field("operation"));
        frame.direction = directionOf(field("dir"));
        frame.at = timeOf(field("t"));
        frame.monotonicNs = field("monotonicNs").toLongLong();
        if (field("transport") == "http")
            frame.transport = Frame::Transport::Http;
        m_sub = field("sub");
        const QByteArray kind = field("kind");
        m_note = kind == "gap" || kind == "link" ? kind : QByteArray();
        m_connection = qBound(qint64(1), field("connection").toLongLong(), qint64(1'000'000));
        if (!give(frame) || !goesOn(source->pos(), source->size()))
            return {};
    }
    if (!reader.error().isEmpty())
        leaveOut(reader.line(), u"and what follows it: %1"_s.arg(reader.error()));
    return emptiness(u"Columns and quotes are as `capture convert` writes them."_s);
}

Problem CaptureImport::readHar(const QByteArray &text)
{
    const qsizetype byteOrderMark = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    const QByteArray json =
        QByteArray::fromRawData(text.constData() + byteOrderMark, text.size() - byteOrderMark);
    if (!JsonText::isValid(json))
        return notReadable(u"it is no JSON"_s, u"Was it saved as a whole?"_s);
    const QByteArrayView entries = jsonMember(json, {"log", "entries"});
    if (!entries.startsWith('['))
        return notReadable(u"it is no HAR: log.entries is missing"_s);
    m_connection = 0;
    forEachJsonMember(entries, [&](QByteArrayView, QByteArrayView entry) {
        return readHarEntry(entry) && goesOn(entry.end() - json.constData(), json.size());
    });
    return m_frames > 0 || m_isEnded
        ? Problem()
        : notReadable(
            u"this HAR has no messages of WebSockets and no requests of AppSync"_s,
            u"Browsers save messages only of connections that were opened while they recorded."_s);
}

bool CaptureImport::readHarEntry(QByteArrayView entry)
{
    ++m_connection;
    m_sub.clear();
    m_note.clear();
    m_url = CaptureRedactor::url(stringAt(entry, {"request", "url"}));
    const QByteArrayView messages = jsonMember(entry, {"_webSocketMessages"});
    bool isGood = true;
    if (!messages.isNull()) {
        forEachJsonMember(messages, [&](QByteArrayView, QByteArrayView message) {
            isGood = readHarMessage(message);
            return isGood;
        });
        return isGood;
    }
    const QString path = QUrl(m_url).path();
    const bool isOurs = path.endsWith(u"/event") || path.endsWith(u"/graphql");
    if (isOurs && textAt(entry, {"request", "method"}) == "POST")
        return readHarRequest(entry);
    ++m_skipped;
    return true;
}

bool CaptureImport::readHarMessage(QByteArrayView message)
{
    const QByteArrayView data = jsonMember(message, {"data"});
    const QByteArray opcode = textAt(message, {"opcode"});
    if (!data.startsWith('"') || (!opcode.isEmpty() && opcode != "1")) {
        ++m_skipped;
        return true;
    }
    Frame frame;
    frame.text = QString::fromUtf8(jsonStringText(data));
    frame.direction =
        textAt(message, {"type"}) == "send" ? Frame::Direction::Out : Frame::Direction::In;
    bool isTime = false;
    const double seconds = textAt(message, {"time"}).toDouble(&isTime);
    constexpr double kLatest = 1e11; // the year 5138
    isTime = isTime && seconds >= 0 && seconds < kLatest;
    if (isTime)
        m_time = QDateTime::fromMSecsSinceEpoch(qRound64(seconds * 1000), Qt::UTC);
    frame.at = isTime ? m_time : timeBefore();
    frame.monotonicNs =
        isTime ? qint64(seconds * 1e6) * 1000 : m_time.toMSecsSinceEpoch() * 1'000'000;
    readEnvelope(&frame);
    return give(frame);
}

bool CaptureImport::readHarRequest(QByteArrayView entry)
{
    Frame frame;
    frame.transport = Frame::Transport::Http;
    frame.direction = Frame::Direction::Out;
    frame.type = u"POST"_s;
    frame.id = u"har-%1"_s.arg(m_connection);
    frame.at = timeOf(textAt(entry, {"startedDateTime"}));
    frame.text = stringAt(entry, {"request", "postData", "text"});
    if (!give(frame))
        return false;
    frame.direction = Frame::Direction::In;
    frame.type = u"HTTP "_s + stringAt(entry, {"response", "status"});
    frame.text = stringAt(entry, {"response", "content", "text"});
    return give(frame);
}

Problem CaptureImport::run(const QString &source, CaptureFileType type, const QString &target,
                           const Progress &progress)
{
    QFile file(source);
    if (!file.open(QIODevice::ReadOnly))
        return Problem::file(u"Cannot read %1: %2."_s.arg(source, file.errorString()));
    UnfinishedFile capture(target);
    if (capture.problem().isProblem())
        return capture.problem();
    CaptureWriter writer;
    if (!writer.open(capture.workPath(), target))
        return writer.problem();
    const CaptureRedactor redactor;
    OperationMemory operations;
    CaptureBatch batch(writer);
    QSet<qint64> connections;
    qint64 number = 0;
    bool isWritten = true;
    const auto take = [&](const Frame &frame, const CaptureImport &import) {
        const qint64 connection = import.connection();
        const qint64 at = frame.at.toMSecsSinceEpoch();
        if (!connections.contains(connection)) {
            connections.insert(connection);
            isWritten = writer.writeConnection(connection, import.url(), at);
        }
        Frame stored = frame;
        const bool isEvent = frame.type == "data"_L1 && frame.direction == Frame::Direction::In;
        stored.text = redactor.stored(frame.text, isEvent);
        ++number;
        if (!import.sub().isEmpty())
            operations.noteSubscription(connection, frame.id.toUtf8(), import.sub());
        CapturedFrame captured = import.note().isEmpty()
            ? operations.captured(stored, connection, number)
            : CapturedFrame::fromNote(import.note(), at, connection, stored.text.toUtf8());
        captured.number = number;
        isWritten = isWritten && batch.add(captured);
        return isWritten;
    };
    Problem problem = read(&file, type, take, progress);
    if (problem.isProblem()) {
        problem.message = u"%1: %2"_s.arg(source, problem.message);
        return problem;
    }
    if (!isWritten || !batch.flush())
        return writer.problem();
    if (m_isEnded)
        return makingEnded(target);
    writer.close();
    return capture.finish();
}

} // namespace Syncscope
