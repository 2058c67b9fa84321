// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturefile.h"

#include "app/core/filter/filtersql.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// So many numbers are read by one statement: short enough to be ended soon, and to let a recording go on.
constexpr qint64 kStretch = 20'000;
constexpr qsizetype kMostKeptOrigins = 50'000;
constexpr qint64 kLargestNumber = qint64(1) << 60;

QByteArray utf8(const Statement &statement, int column)
{
    return statement.isNull(column) ? QByteArray() : statement.text(column).toUtf8();
}

} // namespace

bool CaptureFile::fail()
{
    m_problem = m_database.error();
    return false;
}

bool CaptureFile::open(const QString &path)
{
    m_path = path;
    m_problem = {};
    m_origins.clear();
    if (!QFileInfo::exists(path)) {
        m_problem = Problem::file(u"There is no file %1."_s.arg(path));
        return false;
    }
    if (!m_database.open(path, Database::Mode::ReadOnly))
        return fail();
    if (CaptureFormat::check(m_database, path, &m_problem))
        return true;
    m_database.close();
    return false;
}

CaptureFile::Summary CaptureFile::summary()
{
    m_problem = {};
    Summary summary;
    Statement frames(
        m_database,
        u"SELECT count(*), coalesce(min(f.number),0), coalesce(max(f.number),0), "
        "coalesce(min(f.at),0), coalesce(max(f.at),0), coalesce(sum(f.bytes),0), "
        "coalesce(sum(o.shape > 0),0) FROM frame f CROSS JOIN origin o ON o.id=f.origin"_s);
    if (!frames.execute() || !frames.next()) {
        (void)fail();
        return summary;
    }
    summary.frames = frames.integer(0);
    summary.first = frames.integer(1);
    summary.last = frames.integer(2);
    summary.firstMs = frames.integer(3);
    summary.lastMs = frames.integer(4);
    summary.bytes = frames.integer(5);
    summary.events = frames.integer(6);
    summary.marks = m_database.value(u"SELECT count(*) FROM mark"_s).toLongLong();
    const QString info = u"SELECT value FROM info WHERE key=?"_s;
    summary.created = m_database.value(info, {u"created"_s}).toString();
    summary.dropped = m_database.value(info, {u"dropped"_s}).toLongLong();
    for (const QString &file : {m_path, m_path + u"-wal"_s})
        summary.fileBytes += QFileInfo(file).size();
    return summary;
}

QList<CaptureFile::Connection> CaptureFile::connections()
{
    QList<Connection> result;
    Statement rows(m_database, u"SELECT id, url, started FROM connection ORDER BY id"_s);
    if (rows.execute()) {
        while (rows.next())
            result.append({rows.integer(0), rows.text(1), rows.integer(2)});
    }
    if (rows.isFailed())
        (void)fail();
    return result;
}

QList<CaptureFile::Mark> CaptureFile::marks()
{
    QList<Mark> result;
    Statement rows(m_database, u"SELECT number, title, note FROM mark ORDER BY number"_s);
    if (rows.execute()) {
        while (rows.next())
            result.append({rows.integer(0), rows.text(1), rows.text(2)});
    }
    if (rows.isFailed())
        (void)fail();
    return result;
}

QList<CaptureFile::Group> CaptureFile::groups()
{
    QList<Group> result;
    Statement rows(m_database,
                   u"SELECT o.dir, o.kind, coalesce(o.sub,o.channel), count(*), sum(f.bytes) FROM "
                   "frame f CROSS JOIN origin o ON o.id=f.origin GROUP BY 1,2,3 ORDER BY 4 DESC"_s);
    if (rows.execute()) {
        while (rows.next())
            result.append(
                {rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.integer(4)});
    }
    if (rows.isFailed())
        (void)fail();
    return result;
}

qint64 CaptureFile::lastNumber()
{
    return m_database.value(u"SELECT coalesce(max(number),0) FROM frame"_s).toLongLong();
}

std::optional<CapturedFrame> CaptureFile::frame(qint64 number)
{
    const QList<CapturedFrame> found = page({number, number}, 1);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QList<CapturedFrame> CaptureFile::page(const Range &range, qsizetype limit)
{
    QList<CapturedFrame> result;
    if (limit <= 0)
        return result;
    (void)read(Filter(), range, [&](const CapturedFrame &frame) {
        result.append(frame);
        return result.size() < limit;
    });
    return result;
}

std::shared_ptr<const CaptureOrigin> CaptureFile::origin(qint64 id)
{
    if (const auto known = m_origins.constFind(id); known != m_origins.constEnd())
        return *known;
    if (m_origins.size() >= kMostKeptOrigins)
        m_origins.clear();
    auto origin = std::make_shared<CaptureOrigin>();
    Statement row(
        m_database,
        u"SELECT connection, dir, transport, kind, type, result, operation, sub, channel, "
        "shape, json, head, tail FROM origin WHERE id=?"_s);
    row.bind(0, id);
    if (row.execute() && row.next()) {
        origin->connection = row.integer(0);
        origin->dir = utf8(row, 1);
        origin->transport = utf8(row, 2);
        origin->kind = utf8(row, 3);
        origin->type = utf8(row, 4);
        origin->result = utf8(row, 5);
        origin->operation = utf8(row, 6);
        origin->sub = utf8(row, 7);
        origin->channel = utf8(row, 8);
        origin->shape = CaptureShape(qBound(qint64(0), row.integer(9), qint64(3)));
        origin->isJson = row.integer(10) != 0;
        origin->head = row.bytes(11);
        origin->tail = row.bytes(12);
    }
    m_origins.insert(id, origin);
    return origin;
}

bool CaptureFile::read(const Filter &filter, const Range &range, const Visit &visit,
                       const Progress &progress)
{
    m_problem = {};
    m_database.clearError();
    const FilterSql condition(filter);
    const qint64 last = qMin(qMin(range.to, lastNumber()), kLargestNumber);
    const qint64 first =
        qMax(qMax<qint64>(range.from, -kLargestNumber),
             m_database.value(u"SELECT coalesce(min(number),1) FROM frame"_s).toLongLong());
    if (m_database.errorCode() != 0)
        return fail();
    const bool isUp = range.order == Order::OldestFirst;
    // The numbers lead; otherwise SQLite might go through the frames once for each origin.
    Statement statement(m_database,
                        u"SELECT %1 FROM frame f%2 WHERE f.number BETWEEN ? AND ? AND %3 ORDER BY "
                        "f.number %4"_s.arg(CaptureFormat::frameColumns(),
                                            condition.where.contains(u"o."_s)
                                                ? u" CROSS JOIN origin o ON o.id=f.origin"_s
                                                : QString(),
                                            condition.where, isUp ? u"ASC"_s : u"DESC"_s));
    qint64 from = isUp ? first : qMax(first, last - kStretch + 1);
    qint64 to = isUp ? qMin(last, first + kStretch - 1) : last;
    while (from <= to) {
        statement.bindAll(QVariantList{from, to} + condition.values);
        const Outcome outcome = readStretch(statement, !condition.isExact, filter, visit);
        if (outcome == Outcome::Failed)
            return fail();
        const qint64 done = isUp ? to - first + 1 : last - from + 1;
        if (outcome == Outcome::Ended || (progress && !progress(done, last - first + 1)))
            return true;
        // Holes are jumped over, however large.
        const qint64 next =
            m_database
                .value(
                    isUp ? u"SELECT coalesce((SELECT min(number) FROM frame WHERE number>=?),?)"_s
                         : u"SELECT coalesce((SELECT max(number) FROM frame WHERE number<=?),?)"_s,
                    isUp ? QVariantList{to + 1, last + 1} : QVariantList{from - 1, first - 1})
                .toLongLong();
        from = isUp ? next : qMax(first, next - kStretch + 1);
        to = isUp ? qMin(last, next + kStretch - 1) : next;
    }
    return true;
}

CaptureFile::Outcome CaptureFile::readStretch(Statement &statement, bool isRefined,
                                              const Filter &filter, const Visit &visit)
{
    if (!statement.execute())
        return Outcome::Failed;
    CapturedFrame frame;
    while (statement.next()) {
        frame.number = statement.integer(0);
        frame.origin = origin(statement.integer(1));
        frame.atMs = statement.integer(2);
        frame.bytes = statement.integer(4);
        frame.head = statement.bytes(7);
        frame.payload = statement.bytes(8);
        if (isRefined && !frame.matches(filter))
            continue;
        frame.monotonicNs = statement.integer(3);
        frame.link = statement.integer(5);
        frame.ownOperation = utf8(statement, 6);
        frame.tail = statement.bytes(9);
        if (!visit(frame))
            return Outcome::Ended;
    }
    return statement.isFailed() ? Outcome::Failed : Outcome::GoOn;
}

qint64 CaptureFile::count(const Filter &filter, const Progress &progress)
{
    qint64 count = 0;
    bool isWhole = true;
    const bool isGood = read(
        filter, {},
        [&](const CapturedFrame &) {
            ++count;
            return true;
        },
        [&](qint64 done, qint64 all) {
            isWhole = !progress || progress(done, all);
            return isWhole;
        });
    return isGood && isWhole ? count : -1;
}

} // namespace Syncscope
