// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturewriter.h"

#include "app/core/capture/capturemarks.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// Many frames share few origins; whoever makes more of them than this pays with a larger file.
constexpr qsizetype kMostOrigins = 20'000;
constexpr qint64 kDroppedAtOnce = 20'000;

QVariant orNull(const QByteArray &bytes)
{
    return bytes.isNull() || bytes.isEmpty() ? QVariant() : QVariant(bytes);
}

QVariant textOrNull(const QByteArray &utf8)
{
    return utf8.isEmpty() ? QVariant() : QVariant(QString::fromUtf8(utf8));
}

//! Captures hold what people sent: a new one, and with it the log beside it, is for its owner only.
void makePrivate(const QString &path)
{
    QFile file(path);
    (void)file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                    QFile::ReadOwner | QFile::WriteOwner); // else SQLite says why it cannot be made
}

QByteArray keyOf(const CaptureOrigin &origin)
{
    QByteArray key;
    key.reserve(320);
    key += QByteArray::number(origin.connection) + char('0' + int(origin.shape))
        + (origin.isJson ? 'j' : 't');
    for (const QByteArray *part :
         {&origin.dir, &origin.transport, &origin.kind, &origin.type, &origin.result,
          &origin.operation, &origin.sub, &origin.channel, &origin.head, &origin.tail}) {
        key += '\0';
        key += *part;
    }
    return key;
}

} // namespace

CaptureWriter::~CaptureWriter()
{
    close();
}

bool CaptureWriter::fail()
{
    m_problem = m_database.error();
    return false;
}

bool CaptureWriter::isPassing() const
{
    constexpr int kFull = 13;
    constexpr int kInputOutput = 10;
    const int code = m_database.errorCode() & 0xff;
    return m_database.isBusy() || code == kFull || code == kInputOutput;
}

bool CaptureWriter::open(const QString &path, const QString &toldAs)
{
    m_problem = {};
    makePrivate(path);
    const bool isNew = QFileInfo(path).size() == 0;
    if (!m_database.open(path, isNew ? Database::Mode::Create : Database::Mode::ReadWrite, toldAs))
        return fail();
    if (isNew && !CaptureFormat::create(m_database))
        return fail();
    if (!isNew && !CaptureFormat::check(m_database, path, &m_problem)) {
        m_database.close();
        return false;
    }
    m_path = path;
    m_identity = FileIdentity::of(path);
    return CaptureFormat::migrate(m_database) && prepare() ? true : fail();
}

bool CaptureWriter::isInPlace() const
{
    return FileIdentity::of(m_path) == m_identity;
}

bool CaptureWriter::prepare()
{
    // A crash of the program loses nothing that was committed; one of the system the last moments, at most.
    if (!m_database.value(u"PRAGMA journal_mode=WAL"_s).isValid()
        || !m_database.run(u"PRAGMA synchronous=NORMAL"_s)
        || !m_database.run(u"PRAGMA journal_size_limit=67108864"_s))
        return false;
    const auto number = [this](const QString &sql) { return m_database.value(sql).toLongLong(); };
    m_lastNumber = number(u"SELECT coalesce(max(number),0) FROM frame"_s);
    m_lastOrigin = number(u"SELECT coalesce(max(id),0) FROM origin"_s);
    m_lastConnection = number(u"SELECT coalesce(max(id),0) FROM connection"_s);
    m_dropped = number(u"SELECT coalesce(sum(value),0) FROM info WHERE key='dropped'"_s);
    m_origins.clear();
    m_newOrigins.clear();
    return m_database.errorCode() == 0;
}

void CaptureWriter::close()
{
    if (!m_database.isOpen())
        return;
    // A reader elsewhere keeps it from becoming one file; then the log stays, which belongs to it.
    (void)m_database.value(u"PRAGMA journal_mode=DELETE"_s);
    m_database.close();
}

bool CaptureWriter::write(const QList<CapturedFrame> &frames)
{
    if (frames.isEmpty())
        return true;
    m_database.clearError();
    if (!m_database.begin())
        return fail();
    bool isGood = true;
    {
        Statement statement(m_database, CaptureFormat::insertFrame());
        for (const CapturedFrame &frame : frames) {
            isGood = insert(statement, frame);
            if (!isGood)
                break;
        }
    }
    if (isGood && m_database.commit()) {
        m_origins.insert(m_newOrigins);
        m_newOrigins.clear();
        if (m_origins.size() > kMostOrigins)
            m_origins.clear();
        m_lastNumber = frames.last().number;
        return true;
    }
    m_database.rollback();
    m_newOrigins.clear();
    return fail();
}

bool CaptureWriter::insert(Statement &statement, const CapturedFrame &frame)
{
    const qint64 origin = originId(*frame.origin);
    if (origin == 0)
        return false;
    int column = 0;
    const auto bind = [&](const QVariant &value) { statement.bind(column++, value); };
    bind(frame.number);
    bind(origin);
    bind(frame.atMs);
    bind(frame.monotonicNs);
    bind(frame.bytes);
    bind(frame.link > 0 ? QVariant(frame.link) : QVariant());
    bind(textOrNull(frame.ownOperation));
    bind(orNull(frame.head));
    // An empty payload is one; none at all is null.
    const CaptureShape shape = frame.origin->shape;
    const bool hasPayload = shape == CaptureShape::String || shape == CaptureShape::Value;
    bind(hasPayload ? QVariant(frame.payload.isNull() ? QByteArray("") : frame.payload)
                    : QVariant());
    bind(orNull(frame.tail));
    return statement.execute();
}

qint64 CaptureWriter::originId(const CaptureOrigin &origin)
{
    const QByteArray key = keyOf(origin);
    for (const auto *known : {&m_origins, &m_newOrigins}) {
        if (const auto found = known->constFind(key); found != known->constEnd())
            return *found;
    }
    const bool isGood = m_database.run(
        u"INSERT INTO origin (id, connection, dir, transport, kind, type, result, operation, sub, "
        "channel, shape, json, head, tail) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"_s,
        {m_lastOrigin + 1, origin.connection, textOrNull(origin.dir), textOrNull(origin.transport),
         textOrNull(origin.kind), textOrNull(origin.type), textOrNull(origin.result),
         textOrNull(origin.operation), textOrNull(origin.sub), textOrNull(origin.channel),
         int(origin.shape), int(origin.isJson), orNull(origin.head), orNull(origin.tail)});
    if (!isGood)
        return 0;
    m_newOrigins.insert(key, ++m_lastOrigin);
    return m_lastOrigin;
}

bool CaptureWriter::writeConnection(qint64 id, const QString &url, qint64 startedMs)
{
    m_lastConnection = qMax(m_lastConnection, id);
    return m_database.run(u"INSERT OR REPLACE INTO connection (id, url, started) VALUES (?,?,?)"_s,
                          {id, url, startedMs})
        || fail();
}

bool CaptureWriter::amendNote(qint64 number, const QByteArray &json)
{
    return m_database.run(u"UPDATE frame SET head=? WHERE number=?"_s, {json, number}) || fail();
}

bool CaptureWriter::writeMark(qint64 number, const QString &title, const QString &note)
{
    return CaptureMarks::write(m_database, {number, title, note}) || fail();
}

bool CaptureWriter::removeMark(qint64 number)
{
    return CaptureMarks::remove(m_database, number) || fail();
}

bool CaptureWriter::writeInfo(const QString &key, const QVariant &value)
{
    return m_database.run(u"INSERT OR REPLACE INTO info (key, value) VALUES (?,?)"_s, {key, value})
        || fail();
}

qint64 CaptureWriter::bytes()
{
    const auto number = [this](const QString &sql) { return m_database.value(sql).toLongLong(); };
    return (number(u"PRAGMA page_count"_s) - number(u"PRAGMA freelist_count"_s))
        * number(u"PRAGMA page_size"_s);
}

qint64 CaptureWriter::bytesOnDisk() const
{
    return QFileInfo(m_path).size() + QFileInfo(m_path + u"-wal"_s).size();
}

bool CaptureWriter::retain(qint64 maximumBytes, qint64 oldestMs)
{
    m_database.clearError();
    qint64 last = 0; // of those that go
    const qint64 first =
        m_database.value(u"SELECT coalesce(min(number),0) FROM frame"_s).toLongLong();
    if (first == 0)
        return true;
    if (maximumBytes > 0 && bytes() > maximumBytes) {
        // A tenth at once, so that it is seldom.
        const qint64 tenth = qMax<qint64>(1, (m_lastNumber - first + 1) / 10);
        last = first + qMin(tenth, kDroppedAtOnce) - 1;
    }
    if (oldestMs > 0) {
        const QVariant old = m_database.value(
            u"SELECT max(number) FROM (SELECT number, at FROM frame ORDER BY number LIMIT ?) WHERE at < ?"_s,
            {kDroppedAtOnce, oldestMs});
        last = qMax(last, old.toLongLong());
    }
    if (last == 0)
        return m_database.errorCode() == 0 || fail();
    if (!m_database.begin())
        return fail();
    const qint64 count =
        m_database.value(u"SELECT count(*) FROM frame WHERE number <= ?"_s, {last}).toLongLong();
    const bool isGood = m_database.run(u"DELETE FROM frame WHERE number <= ?"_s, {last})
        && writeInfo(u"dropped"_s, m_dropped + count) && m_database.commit();
    if (!isGood) {
        m_database.rollback();
        return fail();
    }
    m_dropped += count;
    return true;
}

} // namespace Syncscope
