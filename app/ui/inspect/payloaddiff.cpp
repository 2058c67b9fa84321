// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/payloaddiff.h"

#include "app/core/filter/jsonpath.h"
#include "app/ui/wording.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! The values at the ends of a JSON text, by path, in its order.
class Leaves {
public:
    explicit Leaves(const QByteArray &text) { add(QByteArrayView(text).trimmed(), u"$"_s, 0); }

    QStringList paths;
    QHash<QString, QString> values;

private:
    void add(QByteArrayView text, const QString &path, int depth)
    {
        if (paths.size() >= PayloadDiff::kMostValues)
            return;
        const bool isBranch = text.startsWith('{') || text.startsWith('[');
        if (isBranch && depth < PayloadDiff::kDeepest && jsonCount(text) > 0) {
            qsizetype index = 0;
            forEachJsonMember(text, [&](QByteArrayView name, QByteArrayView value) {
                add(value,
                    name.isNull() ? u"%1[%2]"_s.arg(path).arg(index)
                                  : path + u'.' + QString::fromUtf8(jsonStringText(name)),
                    depth + 1);
                ++index;
                return true;
            });
            return;
        }
        QString place = path;
        for (int i = 2; values.contains(place); ++i) // a member that is there twice
            place = u"%1 (%2)"_s.arg(path).arg(i);
        paths += place;
        values.insert(place, QString::fromUtf8(text));
    }
};

QString shown(const QString &value)
{
    return Wording::shortened(value, PayloadDiff::kShownLength);
}

} // namespace

PayloadDiff::Difference PayloadDiff::between(const QByteArray &before, const QByteArray &after)
{
    const Leaves old(before);
    const Leaves now(after);
    Difference difference;
    for (const QString &path : now.paths) {
        const QString value = now.values.value(path);
        const auto was = old.values.constFind(path);
        if (was == old.values.constEnd())
            difference.rows.append({path, Added, {}, value});
        else if (*was != value)
            difference.rows.append({path, Changed, *was, value});
        else
            ++difference.same;
    }
    for (const QString &path : old.paths) {
        if (!now.values.contains(path))
            difference.rows.append({path, Removed, old.values.value(path), {}});
    }
    return difference;
}

void PayloadDiff::show(const Difference &difference)
{
    if (difference.rows.isEmpty() && m_shown.rows.isEmpty() && difference.same == m_shown.same)
        return;
    beginResetModel();
    m_shown = difference;
    endResetModel();
    Q_EMIT changed();
}

int PayloadDiff::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PayloadDiff::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_shown.rows.at(index.row());
    switch (Role(role)) {
    case PathRole:
        return row.path;
    case ChangeRole:
        return row.change;
    case BeforeRole:
        return shown(row.before);
    case AfterRole:
        return shown(row.after);
    case AccessibleNameRole:
        return row.change == Added ? tr("%1 is new: %2").arg(row.path, shown(row.after))
            : row.change == Removed
            ? tr("%1 is gone: %2").arg(row.path, shown(row.before))
            : tr("%1 was %2, is %3").arg(row.path, shown(row.before), shown(row.after));
    }
    return {};
}

QHash<int, QByteArray> PayloadDiff::roleNames() const
{
    return {{PathRole, "path"},
            {ChangeRole, "change"},
            {BeforeRole, "before"},
            {AfterRole, "after"},
            {AccessibleNameRole, "accessibleName"}};
}

QString PayloadDiff::text() const
{
    QString all;
    for (const Row &row : m_shown.rows) {
        if (row.change != Added)
            all += u"- "_s + row.path + u": "_s + row.before + u'\n';
        if (row.change != Removed)
            all += u"+ "_s + row.path + u": "_s + row.after + u'\n';
    }
    return all;
}

} // namespace Syncscope
