// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturefile.h"

#include "app/core/capture/capturewords.h"
#include "app/core/filter/filtersql.h"
#include "app/core/filter/filtertexts.h"

#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// So many numbers are read by one statement: short enough to be ended soon, and to let a recording go on.
constexpr qint64 kStretch = 20'000;
constexpr int kFoundAtOnce = 500; // by the index
constexpr qint64 kDenseDistance = 10; // of numbers that are found: closer ones are read in one go
constexpr qsizetype kMostKeptOrigins = 50'000;
constexpr qint64 kLargestNumber = qint64(1) << 60;

QByteArray utf8(const Statement &statement, int column)
{
    return statement.isNull(column) ? QByteArray() : statement.text(column).toUtf8();
}

Problem missing(const QString &path)
{
    const QFileInfo folder(QFileInfo(path).absolutePath());
    const QString where = folder.exists() ? u"It was looked for in %1; is it spelt right?"_s
                                          : u"There is no folder %1, either."_s;
    return Problem::file(u"There is no file %1."_s.arg(path), where.arg(folder.absoluteFilePath()));
}

//! What can be made a capture.
bool isForeign(const QString &path)
{
    return captureFileType(path).value_or(CaptureFileType::Capture) != CaptureFileType::Capture;
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
        m_problem = missing(path);
        return false;
    }
    if (!m_database.open(path, Database::Mode::ReadOnly))
        (void)fail();
    else if (CaptureFormat::check(m_database, path, &m_problem))
        return true;
    if (isForeign(path))
        m_problem.nextStep =
            u"Make a capture of it first: syncscope-cli capture convert %1 %2.ssc"_s.arg(
                path, QFileInfo(path).completeBaseName());
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
        "coalesce(min(CAST(f.at AS INTEGER)),0), coalesce(max(CAST(f.at AS INTEGER)),0), "
        "CAST(total(f.bytes) AS INTEGER), "
        "coalesce(sum(o.shape > 0),0) FROM frame f LEFT JOIN origin o ON o.id=f.origin "
        "WHERE f.number BETWEEN 1 AND ?"_s);
    frames.bindAll({kLargestNumber});
    if (!frames.execute() || !frames.next()) {
        (void)fail();
        return summary;
    }
    summary.frames = frames.integer(0);
    summary.first = frames.integer(1);
    summary.last = frames.integer(2);
    summary.firstMs = writableTime(frames.integer(3));
    summary.lastMs = writableTime(frames.integer(4));
    summary.bytes = frames.integer(5);
    summary.events = frames.integer(6);
    summary.unreadable = unreadable();
    summary.marks = m_database.value(u"SELECT count(*) FROM mark"_s).toLongLong();
    summary.created = created();
    summary.dropped =
        m_database.value(u"SELECT value FROM info WHERE key='dropped'"_s).toLongLong();
    for (const QString &file : {m_path, m_path + u"-wal"_s})
        summary.fileBytes += QFileInfo(file).size();
    return summary;
}

qint64 CaptureFile::unreadable()
{
    return m_database
        .value(u"SELECT (SELECT count(*) FROM frame WHERE number < 1) + "
               "(SELECT count(*) FROM frame WHERE number > ?)"_s,
               {kLargestNumber})
        .toLongLong();
}

QString CaptureFile::created()
{
    return m_database.value(u"SELECT value FROM info WHERE key='created'"_s).toString();
}

QList<CaptureFile::Connection> CaptureFile::connections()
{
    m_problem = {};
    QList<Connection> result;
    Statement rows(m_database, u"SELECT id, url, started FROM connection ORDER BY id"_s);
    if (rows.execute()) {
        while (rows.next())
            result.append({rows.integer(0), rows.text(1), writableTime(rows.integer(2))});
    }
    if (rows.isFailed())
        (void)fail();
    return result;
}

QList<CaptureMark> CaptureFile::marks()
{
    m_problem = {};
    QList<CaptureMark> result;
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
    m_problem = {};
    QList<Group> result;
    Statement rows(m_database,
                   u"SELECT o.dir, o.kind, coalesce(o.sub,o.channel), count(*), "
                   "CAST(total(f.bytes) AS INTEGER) FROM frame f LEFT JOIN origin o ON "
                   "o.id=f.origin WHERE f.number BETWEEN 1 AND ? GROUP BY 1,2,3 ORDER BY 4 DESC"_s);
    rows.bindAll({kLargestNumber});
    if (rows.execute()) {
        while (rows.next())
            result.append(
                {rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.integer(4)});
    }
    if (rows.isFailed())
        (void)fail();
    return result;
}

qint64 CaptureFile::eventBefore(qint64 number, qint64 first)
{
    const QVariant channel = m_database.value(
        u"SELECT coalesce(o.channel,o.sub) FROM frame f JOIN origin o ON o.id=f.origin WHERE f.number=?"_s,
        {number});
    return m_database
        .value(u"SELECT f.number FROM frame f CROSS JOIN origin o ON o.id=f.origin "
               "WHERE f.number BETWEEN ? AND ? AND o.kind='event' AND coalesce(o.channel,o.sub)=? "
               "ORDER BY f.number DESC LIMIT 1"_s,
               {first, number - 1, channel})
        .toLongLong();
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

//! What one call of read() is about.
struct CaptureFile::Reading {
    const Filter &filter;
    const Visit &visit;
    const Progress &progress;
    bool isUp = true;
    bool isRefined = false; //!< SQL lets pass more than what matches
    qint64 first = 0; //!< of all numbers that are read
    qint64 last = 0;
    QVariantList values = {}; //!< of the condition
    QByteArrayList texts = {}; //!< that every match has
    Statement *statement =
        nullptr; //!< the frames from one number to another that meet the condition

    //! \a end: the last number that was looked at.
    [[nodiscard]] bool goesOn(qint64 end) const
    {
        const qint64 done = isUp ? end - first + 1 : last - end + 1;
        return !progress || progress(done, last - first + 1);
    }
};

bool CaptureFile::read(const Filter &filter, const Range &range, const Visit &visit,
                       const Progress &progress)
{
    m_problem = {};
    m_database.clearError();
    const FilterSql condition(filter);
    Reading reading{filter, visit, progress};
    reading.isUp = range.order == Order::OldestFirst;
    reading.isRefined = !condition.isExact;
    reading.last = qMin(range.to, kLargestNumber);
    const qint64 newest = lastNumber();
    if (m_database.errorCode() == 0)
        reading.last = qMin(reading.last, newest);
    else if (reading.isUp)
        m_database.clearError(); // a damaged end: what is in front of it is read
    reading.first =
        qMax(qMax<qint64>(range.from, -kLargestNumber),
             m_database.value(u"SELECT coalesce(min(number),1) FROM frame"_s).toLongLong());
    reading.values = condition.values;
    reading.texts = textsInEveryMatch(filter);
    if (m_database.errorCode() != 0)
        return fail();
    // The numbers lead; otherwise SQLite might go through the frames once for each origin.
    Statement statement(m_database,
                        u"SELECT %1 FROM frame f%2 WHERE f.number BETWEEN ? AND ? AND %3 ORDER BY "
                        "f.number %4"_s.arg(CaptureFormat::frameColumns(),
                                            condition.where.contains(u"o."_s)
                                                ? u" CROSS JOIN origin o ON o.id=f.origin"_s
                                                : QString(),
                                            condition.where, reading.isUp ? u"ASC"_s : u"DESC"_s));
    reading.statement = &statement;

    Outcome outcome = Outcome::GoOn;
    if (!hasIndexFor(reading.texts)) {
        outcome = readPart(reading, reading.first, reading.last);
    } else {
        // What the index does not cover is read: a recording may have gone on since it was made.
        const qint64 from = qBound(reading.first, m_index.first(), reading.last + 1);
        const qint64 to = qBound(from - 1, m_index.last(), reading.last);
        const std::array<std::function<Outcome()>, 3> parts{
            [&] { return readPart(reading, reading.first, from - 1); },
            [&] { return readFound(reading, from, to); },
            [&] { return readPart(reading, to + 1, reading.last); }};
        for (std::size_t i = 0; i < parts.size() && outcome == Outcome::GoOn; ++i)
            outcome = parts[reading.isUp ? i : parts.size() - 1 - i]();
    }
    return outcome == Outcome::Failed ? fail() : true;
}

bool CaptureFile::hasIndexFor(const QByteArrayList &texts)
{
    if (!CaptureIndex::knows(texts))
        return false;
    return m_index.isOpen() || m_index.open(m_path, created());
}

//! The next number that there is from \a number on; holes are jumped over, however large. \a end: beyond it
//! nothing is wanted. Nothing: it cannot be read.
std::optional<qint64> CaptureFile::jumped(const Reading &reading, qint64 number, qint64 end)
{
    const QVariant next = m_database.value(
        reading.isUp ? u"SELECT coalesce((SELECT min(number) FROM frame WHERE number>=?),?)"_s
                     : u"SELECT coalesce((SELECT max(number) FROM frame WHERE number<=?),?)"_s,
        {number, reading.isUp ? end + 1 : end - 1});
    return next.isValid() ? std::optional(next.toLongLong()) : std::nullopt;
}

//! Reads all numbers of a part, stretch by stretch.
CaptureFile::Outcome CaptureFile::readPart(Reading &reading, qint64 from, qint64 to)
{
    while (from <= to) {
        const qint64 begin = reading.isUp ? from : qMax(from, to - kStretch + 1);
        const qint64 end = reading.isUp ? qMin(to, from + kStretch - 1) : to;
        const Outcome outcome = readNumbers(reading, begin, end);
        if (outcome != Outcome::GoOn)
            return outcome;
        if (!reading.goesOn(reading.isUp ? end : begin))
            return Outcome::Ended;
        const auto next =
            reading.isUp ? jumped(reading, end + 1, to) : jumped(reading, begin - 1, from);
        if (!next)
            return Outcome::Failed;
        (reading.isUp ? from : to) = *next;
    }
    return Outcome::GoOn;
}

//! Reads the numbers of a part which the index names. Where these are many, a stretch is read as a whole instead.
CaptureFile::Outcome CaptureFile::readFound(Reading &reading, qint64 from, qint64 to)
{
    while (from <= to) {
        const auto numbers = m_index.find(reading.texts, from, to, reading.isUp, kFoundAtOnce);
        if (!numbers)
            return readPart(reading, from, to); // a broken index is as good as none
        const bool isAll = numbers->size() < kFoundAtOnce;
        const bool isDense =
            !isAll && std::abs(numbers->last() - numbers->first()) < kFoundAtOnce * kDenseDistance;
        qint64 end = reading.isUp ? to : from; // the last number that this turn deals with
        if (isDense)
            end = reading.isUp ? qMin(to, from + kStretch - 1) : qMax(from, to - kStretch + 1);
        else if (!isAll)
            end = numbers->last();
        Outcome outcome = Outcome::GoOn;
        if (isDense)
            outcome = readNumbers(reading, reading.isUp ? from : end, reading.isUp ? end : to);
        for (qsizetype i = 0; !isDense && i < numbers->size() && outcome == Outcome::GoOn; ++i)
            outcome = readNumbers(reading, numbers->at(i), numbers->at(i));
        if (outcome != Outcome::GoOn)
            return outcome;
        if (!reading.goesOn(end))
            return Outcome::Ended;
        (reading.isUp ? from : to) = reading.isUp ? end + 1 : end - 1;
    }
    return Outcome::GoOn;
}

CaptureFile::Outcome CaptureFile::readNumbers(Reading &reading, qint64 from, qint64 to)
{
    Statement &statement = *reading.statement;
    statement.bindAll(QVariantList{from, to} + reading.values);
    if (!statement.execute())
        return Outcome::Failed;
    CapturedFrame frame;
    while (statement.next()) {
        frame.number = statement.integer(0);
        frame.origin = origin(statement.integer(1));
        frame.atMs = writableTime(statement.integer(2));
        frame.bytes = statement.integer(4);
        frame.head = statement.bytes(7);
        frame.payload = statement.bytes(8);
        if (reading.isRefined && !frame.matches(reading.filter))
            continue;
        frame.monotonicNs = statement.integer(3);
        frame.link = statement.integer(5);
        frame.ownOperation = utf8(statement, 6);
        frame.tail = statement.bytes(9);
        if (!reading.visit(frame))
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
