// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/hexlines.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString offsetText(qint64 offset)
{
    return u"%1"_s.arg(offset, 8, 16, QLatin1Char('0'));
}

//! In groups of eight; lines that are not full are as wide.
QString hexText(QByteArrayView bytes, int width)
{
    QString text;
    for (int i = 0; i < width; ++i) {
        if (i > 0)
            text += i % 8 == 0 ? u"  "_s : u" "_s;
        text += i < bytes.size() ? u"%1"_s.arg(uchar(bytes[i]), 2, 16, QLatin1Char('0')) : u"  "_s;
    }
    return text;
}

QString plainText(QByteArrayView bytes)
{
    QString text;
    for (const char c : bytes)
        text += c >= ' ' && c <= '~' ? QLatin1Char(c) : QLatin1Char('.');
    return text;
}

} // namespace

void HexLines::setBytes(const QByteArray &bytes)
{
    if (bytes.isEmpty() && m_bytes.isEmpty())
        return;
    beginResetModel();
    m_bytes = bytes;
    endResetModel();
}

void HexLines::setNarrow(bool narrow)
{
    if (m_isNarrow == narrow)
        return;
    beginResetModel();
    m_isNarrow = narrow;
    endResetModel();
    Q_EMIT narrowChanged();
}

int HexLines::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int((m_bytes.size() + width() - 1) / width());
}

QByteArrayView HexLines::line(int row) const
{
    const qsizetype begin = qsizetype(row) * width();
    return QByteArrayView(m_bytes).sliced(begin,
                                          std::min<qsizetype>(width(), m_bytes.size() - begin));
}

QVariant HexLines::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (Role(role)) {
    case OffsetRole:
        return offsetText(qint64(index.row()) * width());
    case HexRole:
        return hexText(line(index.row()), width());
    case TextRole:
        return plainText(line(index.row()));
    }
    return {};
}

QHash<int, QByteArray> HexLines::roleNames() const
{
    return {{OffsetRole, "offset"}, {HexRole, "hex"}, {TextRole, "plain"}};
}

QString HexLines::text() const
{
    QString all;
    for (int row = 0; row < rowCount(); ++row)
        all += offsetText(qint64(row) * width()) + u"  "_s + hexText(line(row), width()) + u"  "_s
            + plainText(line(row)) + u'\n';
    return all;
}

} // namespace Syncscope
