// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturemarks.h"

#include "app/core/capture/captureformat.h"

using namespace Qt::StringLiterals;

namespace Syncscope::CaptureMarks {

bool write(Database &database, const CaptureMark &mark)
{
    return database.run(u"INSERT OR REPLACE INTO mark (number, title, note) VALUES (?,?,?)"_s,
                        {mark.number, mark.title, mark.note});
}

bool remove(Database &database, qint64 number)
{
    return database.run(u"DELETE FROM mark WHERE number=?"_s, {number});
}

Problem change(const QString &path, const QList<CaptureMarkChange> &changes)
{
    Database database;
    Problem problem;
    // Not as CaptureWriter opens it: a file that is only annotated needs no write-ahead log beside it.
    if (!database.open(path, Database::Mode::ReadWrite))
        return database.error();
    if (!CaptureFormat::check(database, path, &problem))
        return problem;
    bool isGood = database.begin();
    for (const CaptureMarkChange &change : changes)
        isGood = isGood
            && (change.mark ? write(database, *change.mark) : remove(database, change.number));
    if (isGood && database.commit())
        return {};
    database.rollback();
    return database.error();
}

} // namespace Syncscope::CaptureMarks
