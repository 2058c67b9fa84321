// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/jsontree.h"

#include "app/core/filter/filterlexer.h"
#include "app/core/filter/jsonpath.h"
#include "app/ui/wording.h"

#include <iterator>

using namespace Qt::StringLiterals;

namespace Syncscope {

void JsonTree::setTexts(const QList<QByteArray> &texts, bool isResult)
{
    if (texts.isEmpty() && m_texts.isEmpty())
        return;
    beginResetModel();
    m_texts = texts;
    m_isResult = isResult;
    m_rows.clear();
    for (const QByteArray &text : std::as_const(m_texts)) {
        Row row;
        row.text = QByteArrayView(text).trimmed();
        row.path = isResult ? QString() : u"event"_s;
        m_rows.push_back(row);
    }
    unfoldTop();
    endResetModel();
    Q_EMIT countChanged();
}

//! Level by level, as long as there are not too many.
void JsonTree::unfoldTop()
{
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        if (!isBranch(m_rows[at]))
            continue;
        std::vector<Row> children = childrenOf(m_rows[at]);
        if (m_rows.size() + children.size() > std::size_t(kUnfoldedAtFirst) && m_rows[at].depth > 0)
            continue;
        m_rows[at].isUnfolded = true;
        m_rows.insert(m_rows.begin() + qsizetype(at) + 1, std::make_move_iterator(children.begin()),
                      std::make_move_iterator(children.end()));
    }
}

int JsonTree::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant JsonTree::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    const auto value = [&row] {
        if (isBranch(row))
            return (kindOf(row.text) == Object ? u"{%1}"_s : u"[%1]"_s).arg(jsonCount(row.text));
        return Wording::shortened(
            QString::fromUtf8(row.text.first(std::min(row.text.size(), 4 * kShownLength))),
            kShownLength);
    };
    switch (Role(role)) {
    case NameRole:
        return row.name;
    case ValueRole:
        return value();
    case KindRole:
        return kindOf(row.text);
    case DepthRole:
        return row.depth;
    case UnfoldedRole:
        return row.isUnfolded;
    case AccessibleNameRole:
        return row.name.isEmpty() ? value() : tr("%1: %2").arg(row.name, value());
    }
    return {};
}

QHash<int, QByteArray> JsonTree::roleNames() const
{
    return {{NameRole, "name"},         {ValueRole, "value"},
            {KindRole, "kind"},         {DepthRole, "depth"},
            {UnfoldedRole, "unfolded"}, {AccessibleNameRole, "accessibleName"}};
}

void JsonTree::toggle(int row)
{
    setUnfolded(row, !isUnfolded(row));
}

bool JsonTree::isUnfolded(int row) const
{
    return row >= 0 && row < count() && m_rows[std::size_t(row)].isUnfolded;
}

void JsonTree::setUnfolded(int row, bool unfolded)
{
    if (row < 0 || row >= count())
        return;
    Row &branch = m_rows[std::size_t(row)];
    if (!isBranch(branch) || branch.isUnfolded == unfolded)
        return;
    branch.isUnfolded = unfolded;
    const int depth = branch.depth;
    const auto next = m_rows.begin() + row + 1;
    if (unfolded) {
        std::vector<Row> children = childrenOf(branch);
        if (!children.empty()) {
            beginInsertRows({}, row + 1, row + int(children.size()));
            m_rows.insert(next, std::make_move_iterator(children.begin()),
                          std::make_move_iterator(children.end()));
            endInsertRows();
        }
    } else {
        const auto end = std::find_if(next, m_rows.end(),
                                      [depth](const Row &one) { return one.depth <= depth; });
        if (end != next) {
            beginRemoveRows({}, row + 1, row + int(end - next));
            m_rows.erase(next, end);
            endRemoveRows();
        }
    }
    Q_EMIT dataChanged(index(row), index(row), {UnfoldedRole});
    Q_EMIT countChanged();
}

int JsonTree::parentOf(int row) const
{
    if (row < 0 || row >= count())
        return -1;
    const int depth = m_rows[std::size_t(row)].depth;
    while (--row >= 0 && m_rows[std::size_t(row)].depth >= depth) { }
    return row;
}

QString JsonTree::pathOf(int row) const
{
    return row < 0 || row >= count() ? QString() : m_rows[std::size_t(row)].path;
}

QString JsonTree::textOf(int row) const
{
    return row < 0 || row >= count() ? QString() : QString::fromUtf8(m_rows[std::size_t(row)].text);
}

QString JsonTree::filterFor(int row) const
{
    const QString equal = comparison(row, u"=="_s);
    return equal.isEmpty() ? presence(row) : equal;
}

QString JsonTree::comparison(int row, const QString &sign) const
{
    const QString path = pathOf(row);
    if (path.isEmpty() || isBranchAt(row))
        return {};
    const QByteArrayView text = m_rows[std::size_t(row)].text;
    if (text == "null") // nothing equals it
        return {};
    const QString value = kindOf(text) == String
        ? filterQuoted(QString::fromUtf8(jsonStringText(text)))
        : QString::fromUtf8(text);
    return u"%1 %2 %3"_s.arg(path, sign, value);
}

QString JsonTree::presence(int row) const
{
    const QString path = pathOf(row);
    return path.isEmpty() ? QString() : u"has(%1)"_s.arg(path);
}

bool JsonTree::isBranchAt(int row) const
{
    return row >= 0 && row < count() && isBranch(m_rows[std::size_t(row)]);
}

bool JsonTree::isNumberAt(int row) const
{
    return row >= 0 && row < count() && kindOf(m_rows[std::size_t(row)].text) == Number;
}

JsonTree::Kind JsonTree::kindOf(QByteArrayView text)
{
    switch (text.isEmpty() ? 'n' : text.front()) {
    case '{':
        return Object;
    case '[':
        return Array;
    case '"':
        return String;
    case 't':
    case 'f':
    case 'n':
        return Literal;
    default:
        return Number;
    }
}

bool JsonTree::isBranch(const Row &row)
{
    const Kind kind = kindOf(row.text);
    return kind == Object || kind == Array;
}

std::vector<JsonTree::Row> JsonTree::childrenOf(const Row &row) const
{
    std::vector<Row> children;
    qsizetype index = 0;
    forEachJsonMember(row.text, [&](QByteArrayView name, QByteArrayView value) {
        Row child;
        child.text = value;
        child.depth = row.depth + 1;
        const bool isElement = name.isNull();
        child.name = isElement ? QString::number(index) : QString::fromUtf8(jsonStringText(name));
        if (m_isResult && row.depth == 0) {
            child.path = child.name == u"data" ? u"event"_s : QString();
        } else if (!row.path.isEmpty()) {
            child.path = row.path + (isElement ? u"[%1]"_s.arg(index) : filterMember(child.name));
        }
        children.push_back(child);
        ++index;
        return true;
    });
    return children;
}

} // namespace Syncscope
