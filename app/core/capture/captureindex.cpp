// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureindex.h"

#include <QFile>
#include <QSet>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr int kIndexApplicationId = 0x53536369; // "SSci"
constexpr int kIndexVersion = 1;
constexpr qsizetype kGram = 3; // characters of what the index knows
constexpr qsizetype kMostGrams = 24; // of one question: more would tell little

const QString kInfoTable = u"CREATE TABLE info (key TEXT PRIMARY KEY, value) WITHOUT ROWID"_s;
// Which frames have three characters in a row, and nothing else: neither the texts nor the places in them.
const QString kTextTable = u"CREATE VIRTUAL TABLE text USING fts5(frame, content='', columnsize=0, "
                           "detail=none, tokenize='trigram case_sensitive 1')"_s;

//! The tokenizer ends at a null character.
QString indexable(const QByteArray &text)
{
    return QString::fromUtf8(text).replace(QChar(u'\0'), QChar(u'\1'));
}

//! Its characters, three by three, each quoted as SQLite's full-text search wants it.
QSet<QString> gramsOf(const QByteArray &text)
{
    const QList<uint> characters = indexable(text).toUcs4();
    QSet<QString> grams;
    for (qsizetype i = 0; i + kGram <= characters.size() && grams.size() < kMostGrams; ++i) {
        QString gram =
            QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.data() + i), kGram);
        grams.insert(u'"' + gram.replace(u'"', u"\"\""_s) + u'"');
    }
    return grams;
}

QString questionOf(const QByteArrayList &texts)
{
    QSet<QString> grams;
    for (const QByteArray &text : texts)
        grams += gramsOf(text);
    return QStringList(grams.values()).join(u" AND "_s);
}

} // namespace

QString CaptureIndex::pathOf(const QString &path)
{
    return path + u".index"_s;
}

bool CaptureIndex::open(const QString &path, const QString &created)
{
    const QString file = pathOf(path);
    if (!QFile::exists(file) || !m_database.open(file, Database::Mode::ReadOnly))
        return false;
    const QString info = u"SELECT value FROM info WHERE key=?"_s;
    const bool isOurs = m_database.value(u"PRAGMA application_id"_s).toInt() == kIndexApplicationId
        && m_database.value(u"PRAGMA user_version"_s).toInt() == kIndexVersion
        && m_database.value(u"SELECT sql FROM sqlite_master WHERE name='text'"_s) == kTextTable
        && m_database.value(info, {u"capture"_s}) == created;
    m_first = m_database.value(info, {u"first"_s}).toLongLong();
    m_last = m_database.value(info, {u"last"_s}).toLongLong();
    if (!isOurs || m_first > m_last || m_database.errorCode() != 0)
        m_database.close();
    return isOpen();
}

bool CaptureIndex::knows(const QByteArrayList &texts)
{
    return !questionOf(texts).isEmpty();
}

std::optional<QList<qint64>> CaptureIndex::find(const QByteArrayList &texts, qint64 from, qint64 to,
                                                bool isUp, int limit)
{
    Statement rows(m_database,
                   u"SELECT rowid FROM text WHERE text MATCH ? AND rowid BETWEEN ? AND ? "
                   "ORDER BY rowid %1 LIMIT ?"_s.arg(isUp ? u"ASC"_s : u"DESC"_s));
    rows.bindAll({questionOf(texts), from, to, limit});
    if (!rows.execute())
        return std::nullopt;
    QList<qint64> numbers;
    while (rows.next())
        numbers.append(rows.integer(0));
    return rows.isFailed() ? std::nullopt : std::optional(numbers);
}

bool CaptureIndexWriter::open(const QString &file, const QString &toldAs)
{
    QFile::remove(file);
    // Made as one piece, and worth nothing before it is whole: no journal.
    if (!m_database.open(file, Database::Mode::Create, toldAs)
        || !m_database.run(u"PRAGMA page_size=16384"_s)
        || !m_database.run(u"PRAGMA journal_mode=OFF"_s)
        || !m_database.run(u"PRAGMA synchronous=OFF"_s) || !m_database.begin()
        || !m_database.run(kInfoTable) || !m_database.run(kTextTable))
        return false;
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    m_insert =
        std::make_unique<Statement>(m_database, u"INSERT INTO text (rowid, frame) VALUES (?,?)"_s);
    return true;
}

bool CaptureIndexWriter::add(qint64 number, const QByteArray &text)
{
    m_insert->bindAll({number, indexable(text)});
    return m_insert->execute();
}

bool CaptureIndexWriter::finish(const QString &created, qint64 first, qint64 last)
{
    m_insert.reset();
    const bool isGood =
        m_database.run(u"INSERT INTO info VALUES ('capture',?), ('first',?), ('last',?)"_s,
                       {created, first, last})
        && m_database.run(u"PRAGMA application_id=%1"_s.arg(kIndexApplicationId))
        && m_database.run(u"PRAGMA user_version=%1"_s.arg(kIndexVersion)) && m_database.commit();
    if (isGood)
        m_database.close();
    return isGood;
}

} // namespace Syncscope
