// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/chartpainter.h"

#include "app/ui/statistics/statisticswords.h"
#include "app/ui/theme.h"
#include "app/ui/wording.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr double kChartLeft = 72; // for the labels of values
constexpr double kChartRight = 12;
constexpr double kChartTop = 4;
constexpr double kChartAxis = 22; // for the labels of times
constexpr double kChartTitle = 18; // above each track
constexpr double kChartTrackGap = 4;
constexpr double kChartLabelRoom = 34; // below this a track has no label in its middle
constexpr int kChartPixelsPerTick = 96;
constexpr double kChartNarrowest = 2; // that can be seen
constexpr int kChartSwatch = 8;

QString bytesPerSecond(double value)
{
    return ChartPainter::tr("%1/s").arg(Wording::bytes(std::llround(value)));
}

QString chartMs(double ms)
{
    return Wording::milliseconds(ms);
}

QColor faintly(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

QFont chartFont()
{
    QFont font(Theme::instance()->uiFamily());
    font.setPixelSize(11);
    return font;
}

double chartY(double value, const QRectF &area, const AxisTicks::Scale &scale)
{
    return area.bottom() - area.height() * (value - scale.bottom) / (scale.top - scale.bottom);
}

QColor outageColor(TrafficOutage::Kind kind)
{
    const Theme *theme = Theme::instance();
    return kind == TrafficOutage::Kind::Lost ? theme->danger()
        : kind == TrafficOutage::Kind::Gap   ? theme->warning()
                                             : theme->secondary();
}

} // namespace

ChartPainter::ChartPainter(QPainter *painter, const Statistics &statistics, const QRectF &place,
                           qint64 fromMs, qint64 toMs)
    : m_painter(painter)
    , m_statistics(statistics)
    , m_area(plotArea(place))
    , m_fromMs(fromMs)
    , m_toMs(toMs)
{
}

QRectF ChartPainter::plotArea(const QRectF &place)
{
    return {place.left() + kChartLeft, place.top() + kChartTop,
            std::max(1.0, place.width() - kChartLeft - kChartRight),
            std::max(1.0, place.height() - kChartTop - kChartAxis)};
}

double ChartPainter::xOf(qint64 ms) const
{
    return m_area.left() + m_area.width() * double(ms - m_fromMs) / double(m_toMs - m_fromMs);
}

void ChartPainter::paint()
{
    m_painter->setFont(chartFont());
    paintTimeAxis();
    paintOutages();
    const std::vector<Track> all = tracks();
    const double height = m_area.height() / double(all.size());
    double top = m_area.top();
    for (const Track &track : all) {
        paintTrack(track, {m_area.left(), top, m_area.width(), height - kChartTrackGap});
        top += height;
    }
}

std::vector<ChartPainter::Track> ChartPainter::tracks() const
{
    const Theme *theme = Theme::instance();
    const auto colors = theme->subscriptionColors();
    const auto &buckets = m_statistics.buckets();
    std::vector<Track> all{
        rates(tr("Events"), Wording::rate, &TrafficBucket::eventsIn, &TrafficBucket::eventsOut),
        rates(tr("Bytes"), bytesPerSecond, &TrafficBucket::bytesIn, &TrafficBucket::bytesOut)};
    Track latency{tr("Latency"), chartMs, true, {}};
    latency.series.push_back(
        {tr("answered"), colors[2], Style::Band,
         spreadColumns(buckets, [](const TrafficBucket &bucket) { return bucket.answer; })});
    latency.series.push_back(
        {tr("seen again"), colors[3], Style::Dashed,
         spreadColumns(buckets, [](const TrafficBucket &bucket) { return bucket.echo; })});
    if (m_statistics.hasLatencies())
        all.push_back(std::move(latency));
    if (m_statistics.hasKeepAlives()) {
        Track keepAlive{tr("Keep-alive interval"), chartMs, true, {}};
        keepAlive.series.push_back(
            {{},
             theme->secondary(),
             Style::Band,
             spreadColumns(buckets, [](const TrafficBucket &bucket) { return bucket.keepAlive; })});
        all.push_back(std::move(keepAlive));
    }
    if (!m_statistics.plot().isEmpty()) {
        Track plot{m_statistics.plotPath(), StatisticsWords::number, false, {}};
        plot.series.push_back(
            {{},
             theme->jsonNumber(),
             Style::Band,
             spreadColumns(m_statistics.plot(), [](const Spread &numbers) { return numbers; })});
        all.push_back(std::move(plot));
    }
    return all;
}

ChartPainter::Track ChartPainter::rates(const QString &title, Text text, qint64 TrafficBucket::*in,
                                        qint64 TrafficBucket::*out) const
{
    Track track{title, text, true, {}};
    track.series.push_back({tr("in"), Theme::instance()->accent(), Style::Area, rateColumns(in)});
    track.series.push_back(
        {tr("out"), Theme::instance()->subscriptionColors()[5], Style::Line, rateColumns(out)});
    return track;
}

std::vector<Spread> ChartPainter::rateColumns(qint64 TrafficBucket::*member) const
{
    struct Sum {
        double count = 0;
        double ms = 0;
    };
    std::vector<Sum> sums(std::size_t(m_area.width()) + 1);
    const qint64 width = m_statistics.buckets().widthMs();
    m_statistics.buckets().forEach(
        m_fromMs, m_toMs, [&](qint64 begin, const TrafficBucket &bucket) {
            // What has just begun says nothing yet about a second.
            const qint64 covered = std::min(width, m_statistics.countedMs() - begin);
            if (covered < std::min<qint64>(width, 1000))
                return;
            const double from = xOf(begin) - m_area.left();
            const double to = xOf(begin + width) - m_area.left();
            const auto last =
                std::min(std::max(std::ceil(to) - 1, std::floor(from)), double(sums.size() - 1));
            for (double x = std::max(0.0, std::floor(from)); x <= last; ++x) {
                sums[std::size_t(x)].count += double(bucket.*member);
                sums[std::size_t(x)].ms += double(covered);
            }
        });
    std::vector<Spread> columns(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i].ms > 0)
            columns[i].add(sums[i].count * 1000 / sums[i].ms);
    }
    return columns;
}

template <typename Buckets, typename Take>
std::vector<Spread> ChartPainter::spreadColumns(const Buckets &buckets, Take take) const
{
    std::vector<Spread> columns(std::size_t(m_area.width()) + 1);
    buckets.forEach(m_fromMs, m_toMs, [&](qint64 begin, const auto &bucket) {
        const double x = xOf(begin + buckets.widthMs() / 2) - m_area.left();
        if (x >= 0 && x < double(columns.size()))
            columns[std::size_t(x)].merge(take(bucket));
    });
    return columns;
}

void ChartPainter::paintOutages()
{
    for (const TrafficOutage &outage : m_statistics.outages()) {
        const double from = std::max(xOf(outage.fromMs), m_area.left());
        const double to =
            std::min(xOf(outage.toMs.value_or(m_statistics.countedMs())), m_area.right());
        if (to < m_area.left() || from > m_area.right())
            continue;
        const QRectF band(from, m_area.top(), std::max(kChartNarrowest, to - from),
                          m_area.height());
        const QColor color = outageColor(outage.kind);
        m_painter->fillRect(band, faintly(color, 0.13F));
        m_painter->fillRect(
            band,
            QBrush(faintly(color, 0.35F),
                   outage.kind == TrafficOutage::Kind::Gap ? Qt::Dense7Pattern : Qt::BDiagPattern));
        m_painter->fillRect(QRectF(band.left(), m_area.bottom() - 3, band.width(), 3), color);
    }
}

void ChartPainter::paintTimeAxis()
{
    const Theme *theme = Theme::instance();
    const QFontMetricsF metrics(m_painter->font());
    const auto ticks =
        AxisTicks::ofTime(m_fromMs, m_toMs, std::max(1, int(m_area.width() / kChartPixelsPerTick)));
    for (const AxisTicks::Tick &tick : ticks) {
        const double x = std::round(xOf(tick.atMs)) + 0.5;
        m_painter->setPen(theme->palette().divider);
        m_painter->drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
        const double width = metrics.horizontalAdvance(tick.label);
        const double left =
            std::clamp(x - width / 2, m_area.left(), m_area.right() + kChartRight - width);
        m_painter->setPen(theme->secondary());
        m_painter->drawText(QPointF(left, m_area.bottom() + 6 + metrics.ascent()), tick.label);
    }
    m_painter->setPen(theme->border());
    m_painter->drawLine(QPointF(m_area.left(), m_area.bottom() + 0.5),
                        QPointF(m_area.right(), m_area.bottom() + 0.5));
}

void ChartPainter::paintTrack(const Track &track, const QRectF &place)
{
    const Theme *theme = Theme::instance();
    paintTitle(track, place);
    const QRectF area = place.adjusted(0, kChartTitle, 0, 0);
    Spread values;
    for (const Series &series : track.series) {
        for (const Spread &column : series.columns)
            values.merge(column);
    }
    const AxisTicks::Scale scale = track.isFromZero ? AxisTicks::fromZero(values.most)
                                                    : AxisTicks::around(values.least, values.most);
    const QFontMetricsF metrics(m_painter->font());
    const int parts = area.height() >= 2 * kChartLabelRoom ? 2 : 1;
    for (int i = 0; i <= parts; ++i) {
        const double value = scale.bottom + (scale.top - scale.bottom) * i / parts;
        const double y = std::round(chartY(value, area, scale)) - 0.5;
        m_painter->setPen(theme->palette().divider);
        m_painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        const bool hasRoom = area.height() >= 2 * metrics.height();
        if (i == 0 && (track.isFromZero || !hasRoom))
            continue;
        m_painter->setPen(theme->secondary());
        const QString label = track.text(value);
        const double baseline = i == 0 ? y : y + metrics.ascent() / 2 - 1;
        m_painter->drawText(QPointF(area.left() - 8 - metrics.horizontalAdvance(label), baseline),
                            label);
    }
    m_painter->save();
    m_painter->setClipRect(area.adjusted(0, -2, 0, 2));
    for (const Series &series : track.series)
        paintSeries(series, area, scale);
    m_painter->restore();
}

//! The name, and of each series its colour, its line and its name.
void ChartPainter::paintTitle(const Track &track, const QRectF &place)
{
    const Theme *theme = Theme::instance();
    const QFontMetricsF metrics(m_painter->font());
    const double baseline = place.top() + metrics.ascent() + 2;
    double x = place.left();
    m_painter->setPen(theme->text());
    m_painter->drawText(QPointF(x, baseline), track.title);
    x += metrics.horizontalAdvance(track.title) + 14;
    for (const Series &series : track.series) {
        if (series.name.isEmpty())
            continue;
        const double middle = baseline - metrics.xHeight() / 2;
        if (series.style == Style::Area) {
            m_painter->fillRect(QRectF(x, middle - kChartSwatch / 2.0, kChartSwatch, kChartSwatch),
                                series.color);
        } else {
            m_painter->setPen(
                QPen(series.color, 2, series.style == Style::Dashed ? Qt::DotLine : Qt::SolidLine));
            m_painter->drawLine(QPointF(x, middle), QPointF(x + kChartSwatch + 4, middle));
        }
        x += kChartSwatch + 8;
        m_painter->setPen(theme->secondary());
        m_painter->drawText(QPointF(x, baseline), series.name);
        x += metrics.horizontalAdvance(series.name) + 12;
    }
}

void ChartPainter::paintSeries(const Series &series, const QRectF &area,
                               const AxisTicks::Scale &scale)
{
    if (series.style == Style::Area || series.style == Style::Line)
        paintRate(series, area, scale);
    else
        paintBand(series, area, scale);
}

void ChartPainter::paintRate(const Series &series, const QRectF &area,
                             const AxisTicks::Scale &scale)
{
    QPainterPath line;
    bool isFirst = true;
    double firstX = 0;
    double lastX = 0;
    for (std::size_t i = 0; i < series.columns.size(); ++i) {
        if (series.columns[i].count == 0)
            continue;
        const QPointF point(area.left() + double(i), chartY(series.columns[i].mean(), area, scale));
        if (isFirst) {
            firstX = point.x();
            line.moveTo(point);
        }
        isFirst = false;
        line.lineTo(point);
        lastX = point.x();
    }
    if (isFirst)
        return;
    if (series.style == Style::Area) {
        QPainterPath below = line;
        below.lineTo(lastX, area.bottom());
        below.lineTo(firstX, area.bottom());
        m_painter->fillPath(below, faintly(series.color, 0.22F));
    }
    m_painter->strokePath(line, QPen(series.color, 1.5));
}

//! Single values are dots; a line joins them where the connection held.
void ChartPainter::paintBand(const Series &series, const QRectF &area,
                             const AxisTicks::Scale &scale)
{
    QPainterPath line;
    std::vector<QPointF> dots;
    double lastX = -1;
    for (std::size_t i = 0; i < series.columns.size(); ++i) {
        const Spread &column = series.columns[i];
        if (column.count == 0)
            continue;
        const QPointF mean(area.left() + double(i) + 0.5, chartY(column.mean(), area, scale));
        if (series.style == Style::Band && column.most > column.least) {
            const double top = chartY(column.most, area, scale);
            m_painter->fillRect(
                QRectF(mean.x() - 1, top, 2, chartY(column.least, area, scale) - top),
                faintly(series.color, 0.35F));
        }
        if (lastX < 0 || isBroken(lastX, mean.x()))
            line.moveTo(mean);
        else
            line.lineTo(mean);
        if (lastX < 0 || mean.x() - lastX > 3)
            dots.push_back(mean);
        lastX = mean.x();
    }
    m_painter->strokePath(
        line, QPen(series.color, 1.5, series.style == Style::Dashed ? Qt::DotLine : Qt::SolidLine));
    m_painter->setPen(Qt::NoPen);
    m_painter->setBrush(series.color);
    for (const QPointF &dot : dots)
        m_painter->drawEllipse(dot, 2, 2);
    m_painter->setBrush(Qt::NoBrush);
}

bool ChartPainter::isBroken(double fromX, double toX) const
{
    return std::any_of(m_statistics.outages().begin(), m_statistics.outages().end(),
                       [&](const TrafficOutage &outage) {
                           return outage.kind != TrafficOutage::Kind::Gap
                               && xOf(outage.fromMs) >= fromX && xOf(outage.fromMs) <= toX;
                       });
}

} // namespace Syncscope
