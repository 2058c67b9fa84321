// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/timechart.h"

#include "app/ui/statistics/chartpainter.h"
#include "app/ui/theme.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace Syncscope {

namespace {

constexpr double kChartDrag = 4; // px; less is a click
constexpr qint64 kShortestViewMs = 2000;
constexpr double kZoomStep = 0.8;
constexpr int kKeysPerWidth = 100; // arrow keys from end to end, where buckets are finer

} // namespace

TimeChart::TimeChart(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
    setActiveFocusOnTab(true);
    setAntialiasing(true);
    connect(Theme::instance(), &Theme::changed, this, [this] { update(); });
}

void TimeChart::setStatistics(Statistics *statistics)
{
    if (m_statistics == statistics)
        return;
    if (m_statistics)
        m_statistics->disconnect(this);
    m_statistics = statistics;
    m_spanMs = 0;
    m_endMs.reset();
    if (statistics) {
        connect(statistics, &Statistics::changed, this, &TimeChart::onChanged);
        connect(statistics, &Statistics::plotChanged, this, &TimeChart::onChanged);
        connect(statistics, &Statistics::rangeChanged, this, &TimeChart::onRangeChanged);
    }
    Q_EMIT statisticsChanged();
    onChanged();
}

void TimeChart::onChanged()
{
    update();
    Q_EMIT viewChanged();
    Q_EMIT cursorChanged();
    Q_EMIT rangeChanged();
}

void TimeChart::onRangeChanged()
{
    Q_EMIT rangeChanged();
    Q_EMIT cursorChanged();
}

void TimeChart::geometryChange(const QRectF &geometry, const QRectF &before)
{
    QQuickPaintedItem::geometryChange(geometry, before);
    onChanged();
}

QRectF TimeChart::plotArea() const
{
    return ChartPainter::plotArea(boundingRect());
}

double TimeChart::plotTop() const
{
    return plotArea().top();
}

double TimeChart::plotHeight() const
{
    return plotArea().height();
}

qint64 TimeChart::toMs() const
{
    if (!m_statistics)
        return 1;
    return m_spanMs > 0 && m_endMs ? *m_endMs : m_statistics->toMs();
}

qint64 TimeChart::fromMs() const
{
    if (!m_statistics)
        return 0;
    return m_spanMs > 0 ? toMs() - m_spanMs : std::min(m_statistics->fromMs(), toMs() - 1);
}

double TimeChart::xOf(qint64 ms) const
{
    const QRectF area = plotArea();
    return area.left() + area.width() * double(ms - fromMs()) / double(toMs() - fromMs());
}

qint64 TimeChart::timeAt(double x) const
{
    const QRectF area = plotArea();
    const double share = std::clamp((x - area.left()) / std::max(1.0, area.width()), 0.0, 1.0);
    return fromMs() + std::llround(share * double(toMs() - fromMs()));
}

//! What one arrow key goes on, and the words are about: a bucket, or several where they are fine.
qint64 TimeChart::stepMs() const
{
    const qint64 width = m_statistics ? m_statistics->buckets().widthMs() : 1000;
    return std::max<qint64>(1, (toMs() - fromMs()) / kKeysPerWidth / width) * width;
}

double TimeChart::cursorX() const
{
    return m_cursorMs && m_statistics ? xOf(*m_cursorMs) : -1;
}

QString TimeChart::words() const
{
    if (!m_statistics)
        return {};
    const auto range = !chosen() && !m_cursorMs ? m_statistics->range() : chosen();
    if (range)
        return m_statistics->wordsFor(range->fromMs, range->toMs);
    if (!m_cursorMs)
        return {};
    const qint64 width = m_statistics->buckets().widthMs();
    const auto perPixel = qint64(double(toMs() - fromMs()) / std::max(1.0, plotArea().width()));
    const qint64 begin = *m_cursorMs - (*m_cursorMs % width + width) % width;
    return m_statistics->wordsFor(begin, begin + std::max<qint64>(1, perPixel / width) * width);
}

//! What is being chosen.
std::optional<TimeRange> TimeChart::chosen() const
{
    if (!m_anchorMs || !m_cursorMs || *m_anchorMs == *m_cursorMs)
        return {};
    return TimeRange{std::min(*m_anchorMs, *m_cursorMs), std::max(*m_anchorMs, *m_cursorMs)};
}

double TimeChart::rangeX() const
{
    const auto range = chosen() ? chosen() : m_statistics ? m_statistics->range() : std::nullopt;
    return range ? std::max(xOf(range->fromMs), plotArea().left()) : 0;
}

double TimeChart::rangeWidth() const
{
    const auto range = chosen() ? chosen() : m_statistics ? m_statistics->range() : std::nullopt;
    if (!range)
        return 0;
    return std::max(0.0, std::min(xOf(range->toMs), plotArea().right()) - rangeX());
}

void TimeChart::setCursor(std::optional<qint64> ms)
{
    if (m_cursorMs == ms)
        return;
    m_cursorMs = ms;
    Q_EMIT cursorChanged();
    if (m_anchorMs)
        Q_EMIT rangeChanged();
}

void TimeChart::hoverMoveEvent(QHoverEvent *event)
{
    // Also comes with each frame: what the keyboard does is not undone by a mouse that lies there.
    if (std::exchange(m_hovered, event->position()) != event->position() && !m_anchorMs)
        setCursor(timeAt(event->position().x()));
}

void TimeChart::hoverLeaveEvent(QHoverEvent *)
{
    if (!m_anchorMs && !hasActiveFocus())
        setCursor({});
}

void TimeChart::mousePressEvent(QMouseEvent *event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    m_isPressed = true;
    m_pressX = event->position().x();
    m_anchorMs.reset();
    setCursor(timeAt(m_pressX));
    Q_EMIT rangeChanged();
    setKeepMouseGrab(true);
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (!m_anchorMs && std::abs(x - m_pressX) < kChartDrag)
        return;
    if (!m_anchorMs)
        m_anchorMs = timeAt(m_pressX);
    setCursor(timeAt(x));
}

void TimeChart::mouseReleaseEvent(QMouseEvent *)
{
    setKeepMouseGrab(false);
    if (std::exchange(m_isPressed, false))
        apply();
}

void TimeChart::mouseUngrabEvent()
{
    setKeepMouseGrab(false);
    if (!std::exchange(m_isPressed, false))
        return;
    m_anchorMs.reset();
    Q_EMIT rangeChanged();
}

void TimeChart::wheelEvent(QWheelEvent *event)
{
    const int turned = event->angleDelta().y();
    if (turned == 0)
        return event->ignore();
    zoom(std::pow(kZoomStep, double(turned) / double(QWheelEvent::DefaultDeltasPerStep)),
         event->position().x());
}

void TimeChart::zoom(double factor, double x)
{
    if (!m_statistics || m_statistics->isEmpty())
        return;
    const qint64 whole = m_statistics->toMs() - m_statistics->fromMs();
    const qint64 before = toMs() - fromMs();
    const qint64 span =
        std::max(kShortestViewMs, std::llround(double(before) * std::clamp(factor, 0.01, 100.0)));
    if (span >= whole)
        return showAll();
    const qint64 kept = timeAt(x);
    const double share = double(kept - fromMs()) / double(before);
    const qint64 begin =
        std::max(m_statistics->fromMs(), kept - std::llround(share * double(span)));
    m_spanMs = span;
    // At the newest it stays there.
    m_endMs = begin + span;
    if (*m_endMs >= m_statistics->toMs())
        m_endMs.reset();
    onChanged();
}

void TimeChart::showAll()
{
    m_spanMs = 0;
    m_endMs.reset();
    onChanged();
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    const qint64 now = m_cursorMs.value_or(toMs());
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(now - stepMs(), extends);
    case Qt::Key_Right:
        return moveCursor(now + stepMs(), extends);
    case Qt::Key_Home:
        return moveCursor(fromMs(), extends);
    case Qt::Key_End:
        return moveCursor(toMs(), extends);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return apply();
    case Qt::Key_Escape:
        return takeBack();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kZoomStep, xOf(now));
    case Qt::Key_Minus:
        return zoom(1 / kZoomStep, xOf(now));
    case Qt::Key_0:
        return showAll();
    default:
        event->ignore();
    }
}

void TimeChart::moveCursor(qint64 ms, bool extends)
{
    if (extends && !m_anchorMs)
        m_anchorMs = m_cursorMs.value_or(toMs());
    else if (!extends && m_anchorMs) {
        m_anchorMs.reset();
        Q_EMIT rangeChanged();
    }
    setCursor(std::clamp(ms, fromMs(), toMs()));
}

//! Filters the table by what is chosen.
void TimeChart::apply()
{
    const auto range = chosen();
    m_anchorMs.reset();
    if (range && m_statistics) {
        m_statistics->setRange(*range);
        m_cursorMs.reset(); // the words are about the range
    }
    Q_EMIT rangeChanged();
    Q_EMIT cursorChanged();
}

void TimeChart::takeBack()
{
    if (std::exchange(m_anchorMs, std::nullopt)) {
        Q_EMIT rangeChanged();
        Q_EMIT cursorChanged();
    } else if (m_statistics && m_statistics->hasRange()) {
        m_statistics->clearRange();
    } else if (isZoomed()) {
        showAll();
    } else {
        Q_EMIT leaveWanted();
    }
}

void TimeChart::focusOutEvent(QFocusEvent *event)
{
    QQuickPaintedItem::focusOutEvent(event);
    if (std::exchange(m_anchorMs, std::nullopt))
        Q_EMIT rangeChanged();
    setCursor({});
}

void TimeChart::paint(QPainter *painter)
{
    if (m_statistics && !m_statistics->isEmpty())
        ChartPainter(painter, *m_statistics, boundingRect(), fromMs(), toMs()).paint();
}

} // namespace Syncscope
