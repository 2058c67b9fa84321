// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framecolumn.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("Syncscope::FrameColumn", text)

//! What of one kind of column is always the same.
struct ColumnFacts {
    const char *name;
    const char *title;
    const char *heading;
    const char *description;
    double width;
    double minimum;
};

const ColumnFacts &columnFactsOf(FrameColumn::Kind kind)
{
    // In the order of Kind.
    static constexpr ColumnFacts kFacts[] = {
        {"number", TEXT("Number"), TEXT("#"), TEXT("Number of the frame, from 1"), 42, 30},
        {"time", TEXT("Time"), TEXT("Time"), TEXT("When it was received or sent"), 90, 50},
        {"delta", TEXT("Time between"), TEXT("Δ s"), TEXT("Seconds since the row above"), 54, 30},
        {"direction", TEXT("Direction"), "", TEXT("↓ received, ↑ sent"), 12, 12},
        {"channel", TEXT("Channel"), TEXT("Channel"),
         TEXT("The channel, or the pattern that was subscribed"), 140, 50},
        {"size", TEXT("Size"), TEXT("Size"),
         TEXT("Bytes of the events, or of the frame without events"), 54, 40},
        {"preview", TEXT("Preview"), TEXT("Preview"), TEXT("The beginning of the payload"),
         FrameColumn::kAutomatic, 80},
        {"kind", TEXT("Kind"), TEXT("Kind"), TEXT("What it is, as filters name it: kind"), 64, 40},
        {"type", TEXT("Type"), TEXT("Type"), TEXT("The frame's type, as the protocol names it"),
         110, 40},
        {"result", TEXT("Result"), TEXT("Result"),
         TEXT("Whether the service accepted or refused it"), 70, 40},
        {"path", "", "", "", 110, 40},
    };
    return kFacts[std::size_t(kind)];
}

#undef TEXT

} // namespace

FrameColumn::FrameColumn(const QString &text, const JsonPath &path, QObject *parent)
    : QObject(parent), m_kind(Kind::Path), m_text(text), m_path(path)
{
}

QString FrameColumn::title() const
{
    return m_kind == Kind::Path || m_kind == Kind::Channel ? heading()
                                                           : tr(columnFactsOf(m_kind).title);
}

QString FrameColumn::heading() const
{
    if (m_kind != Kind::Path)
        return m_heading.isEmpty() ? tr(columnFactsOf(m_kind).heading) : m_heading;
    // All paths begin alike.
    const qsizetype dot = m_text.indexOf(u'.');
    const qsizetype bracket = m_text.indexOf(u'[');
    if (dot > 0 && (bracket < 0 || dot < bracket))
        return m_text.sliced(dot + 1);
    return m_text;
}

QString FrameColumn::description() const
{
    if (m_kind == Kind::Path)
        return m_text;
    return m_description.isEmpty() ? tr(columnFactsOf(m_kind).description) : m_description;
}

bool FrameColumn::isRightAligned() const
{
    return m_kind == Kind::Number || m_kind == Kind::Delta || m_kind == Kind::Size;
}

const QStringList &FrameColumn::kindNames()
{
    static const QStringList names = [] {
        QStringList list;
        for (int kind = 0; kind <= int(Kind::Path); ++kind)
            list += QString::fromLatin1(columnFactsOf(Kind(kind)).name);
        return list;
    }();
    return names;
}

double FrameColumn::minimumWidth() const
{
    return columnFactsOf(m_kind).minimum;
}

double FrameColumn::defaultWidth() const
{
    return columnFactsOf(m_kind).width;
}

void FrameColumn::place(double x, double width)
{
    if (m_x == x && m_width == width)
        return;
    m_x = x;
    m_width = width;
    Q_EMIT placeChanged();
}

} // namespace Syncscope
