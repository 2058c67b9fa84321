// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/jsontree.h"

#include "app/core/filter/filterlexer.h"
#include "app/core/filter/jsonpath.h"
#include "app/ui/wording.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Syncscope {

void JsonTree::setTexts(const QList<QByteArray> &texts, bool isResult,
                        const QList<JsonIndex> &indexes)
{
    if (texts.isEmpty() && m_texts.isEmpty())
        return;
    beginResetModel();
    m_texts = texts;
    m_indexes = indexes;
    m_isResult = isResult;
    m_rows.clear();
    for (int part = 0; part < int(m_texts.size()); ++part) {
        if (part >= m_indexes.size())
            m_indexes += JsonIndex::of(m_texts.at(part));
        Row row;
        row.text = QByteArrayView(m_texts.at(part)).trimmed();
        row.path = isResult ? QString() : u"event"_s;
        row.part = part;
        m_rows.push_back(row);
    }
    unfoldTop();
    endResetModel();
    Q_EMIT countChanged();
}

//! Level by level, as long as there are not too many.
void JsonTree::unfoldTop()
{
    for (std::size_t at = 0; at < m_rows.size() && at < std::size_t(kUnfoldedAtFirst); ++at) {
        const Row &row = m_rows[at];
        if (!isBranch(row))
            continue;
        if (row.depth > 0 && qsizetype(m_rows.size()) + countOf(row) > kUnfoldedAtFirst)
            continue;
        std::vector<Row> children = childrenOf(row);
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
    const auto value = [this, &row] {
        if (kindOf(row) == Rest)
            return tr("%1 more…").arg(Wording::count(row.count));
        if (isBranch(row))
            return (kindOf(row) == Object ? u"{%1}"_s : u"[%1]"_s).arg(countOf(row));
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
        return kindOf(row);
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
    if (kindOf(branch) == Rest && unfolded)
        return unfoldRest(row);
    if (!isBranch(branch) || branch.isUnfolded == unfolded)
        return;
    branch.isUnfolded = unfolded;
    const int depth = branch.depth;
    if (unfolded) {
        insertRows(row + 1, childrenOf(branch));
    } else {
        const auto next = m_rows.begin() + row + 1;
        const auto end = std::find_if(next, m_rows.end(),
                                      [depth](const Row &one) { return one.depth <= depth; });
        eraseRows(row + 1, int(end - next));
    }
    Q_EMIT dataChanged(index(row), index(row), {UnfoldedRole});
    Q_EMIT countChanged();
}

void JsonTree::unfoldRest(int row)
{
    const Row rest = m_rows[std::size_t(row)];
    std::vector<Row> children = childrenOf(m_rows[std::size_t(parentOf(row))], rest);
    eraseRows(row, 1);
    insertRows(row, std::move(children));
    Q_EMIT countChanged();
}

void JsonTree::insertRows(int row, std::vector<Row> rows)
{
    if (rows.empty())
        return;
    beginInsertRows({}, row, row + int(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + row, std::make_move_iterator(rows.begin()),
                  std::make_move_iterator(rows.end()));
    endInsertRows();
}

void JsonTree::eraseRows(int row, int count)
{
    if (count == 0)
        return;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
}

int JsonTree::reveal(int part, int begin)
{
    if (part < 0 || part >= m_texts.size())
        return -1;
    const char *const place = m_texts.at(part).constData() + begin;
    int row = topRow(part);
    while (row >= 0 && m_rows[std::size_t(row)].text.data() != place) {
        setUnfolded(row, true);
        row = childWith(row, place);
    }
    return row;
}

int JsonTree::topRow(int part) const
{
    for (int row = 0; row < count(); ++row) {
        if (m_rows[std::size_t(row)].depth == 0 && m_rows[std::size_t(row)].part == part)
            return row;
    }
    return -1;
}

//! That of its members whose value \a place is in; it is brought forth if it is not shown yet.
int JsonTree::childWith(int row, const char *place)
{
    const int depth = m_rows[std::size_t(row)].depth;
    for (++row; row < count() && m_rows[std::size_t(row)].depth > depth; ++row) {
        const Row &child = m_rows[std::size_t(row)];
        if (child.depth != depth + 1 || child.text.begin() > place || place >= child.text.end())
            continue;
        if (kindOf(child) != Rest)
            return row;
        revealIn(row, place);
        if (kindOf(m_rows[std::size_t(row)]) == Rest
            && place >= m_rows[std::size_t(row)].text.end())
            continue; // what is in front of it stays hidden
        --row; // looked at anew
    }
    return -1;
}

//! Parts the rest in \a row: what is around \a place is shown, what is in front of it and behind it is not.
void JsonTree::revealIn(int row, const char *place)
{
    const Row rest = m_rows[std::size_t(row)];
    const Row branch = m_rows[std::size_t(parentOf(row))];
    JsonMembers members = membersOf(branch, placeOf(rest));
    Row around = rest; // begins with the members that are shown
    qsizetype index = rest.first;
    for (qsizetype at = members.at(); members.next(); at = members.at()) {
        if ((index - rest.first) % kMembersAtOnce == 0) {
            around.first = index;
            around.count = rest.first + rest.count - index;
            around.text = rest.text.sliced(at - placeOf(rest));
        }
        if (place < members.value().end())
            break;
        ++index;
    }
    std::vector<Row> rows;
    if (around.first > rest.first) {
        Row before = rest;
        before.count = around.first - rest.first;
        before.text = rest.text.first(around.text.data() - rest.text.data());
        rows.push_back(before);
    }
    std::vector<Row> shown = childrenOf(branch, around);
    rows.insert(rows.end(), std::make_move_iterator(shown.begin()),
                std::make_move_iterator(shown.end()));
    eraseRows(row, 1);
    insertRows(row, std::move(rows));
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
    const QString value = kindOf(m_rows[std::size_t(row)]) == String
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
    return row >= 0 && row < count() && kindOf(m_rows[std::size_t(row)]) == Number;
}

JsonTree::Kind JsonTree::kindOf(const Row &row)
{
    if (row.count >= 0)
        return Rest;
    switch (row.text.isEmpty() ? 'n' : row.text.front()) {
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
    const Kind kind = kindOf(row);
    return kind == Object || kind == Array;
}

//! Where its text begins in that of its part.
qsizetype JsonTree::placeOf(const Row &row) const
{
    return row.text.data() - m_texts.at(row.part).constData();
}

qsizetype JsonTree::countOf(const Row &branch) const
{
    const auto known = m_indexes.at(branch.part).at(placeOf(branch));
    return known ? known->count : jsonCount(branch.text);
}

JsonMembers JsonTree::membersOf(const Row &branch, qsizetype at) const
{
    return {m_texts.at(branch.part), m_indexes.at(branch.part), at, kindOf(branch) == Object};
}

//! All members of a branch, as one that is not shown.
JsonTree::Row JsonTree::restOf(const Row &branch, qsizetype first, qsizetype count)
{
    Row rest;
    rest.text = branch.text.sliced(1, branch.text.size() - 2);
    rest.part = branch.part;
    rest.depth = branch.depth + 1;
    rest.first = first;
    rest.count = count;
    return rest;
}

std::vector<JsonTree::Row> JsonTree::childrenOf(const Row &branch) const
{
    return childrenOf(branch, restOf(branch, 0, countOf(branch)));
}

//! The first ones of \a rest, and what is left of it.
std::vector<JsonTree::Row> JsonTree::childrenOf(const Row &branch, const Row &rest) const
{
    std::vector<Row> children;
    children.reserve(std::size_t(std::min(rest.count, kMembersAtOnce + 1)));
    JsonMembers members = membersOf(branch, placeOf(rest));
    const qsizetype shown = std::min(rest.count, kMembersAtOnce);
    while (qsizetype(children.size()) < shown && members.next())
        children.push_back(childOf(branch, members, rest.first + qsizetype(children.size())));
    if (qsizetype(children.size()) == shown && rest.count > shown) {
        Row left = rest;
        left.first += shown;
        left.count -= shown;
        left.text = rest.text.sliced(members.at() - placeOf(rest));
        children.push_back(left);
    }
    return children;
}

JsonTree::Row JsonTree::childOf(const Row &branch, const JsonMembers &member, qsizetype index) const
{
    Row child;
    child.text = member.value();
    child.part = branch.part;
    child.depth = branch.depth + 1;
    const bool isElement = member.name().isNull();
    child.name =
        isElement ? QString::number(index) : QString::fromUtf8(jsonStringText(member.name()));
    if (m_isResult && branch.depth == 0)
        child.path = child.name == u"data" ? u"event"_s : QString();
    else if (!branch.path.isEmpty())
        child.path = branch.path + (isElement ? u"[%1]"_s.arg(index) : filterMember(child.name));
    return child;
}

} // namespace Syncscope
