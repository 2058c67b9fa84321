// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/statistics/axisticks.h"
#include "app/ui/statistics/statistics.h"

#include <QColor>
#include <QCoreApplication>
#include <QFont>
#include <QRectF>

#include <vector>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace Syncscope {

//! Draws a stretch of statistics: tracks one below the other, the times without a connection, and the axis.
class ChartPainter {
    Q_DECLARE_TR_FUNCTIONS(ChartPainter)

public:
    ChartPainter(QPainter *painter, const Statistics &statistics, const QRectF &place,
                 qint64 fromMs, qint64 toMs);

    void paint();

    //! What is left of \a place beside the labels of the axes.
    [[nodiscard]] static QRectF plotArea(const QRectF &place);

private:
    enum class Style {
        Area, //!< a rate: a line with the area below
        Line, //!< a rate
        Band, //!< a mean as a line, and a band from the least to the greatest
        Dashed, //!< the same, without the band
    };
    struct Series {
        QString name;
        QColor color;
        Style style = Style::Area;
        std::vector<Spread> columns; //!< one for each pixel; without a count: nothing there
    };
    using Text = QString (*)(double);
    struct Track {
        QString title;
        Text text; //!< of values
        bool isFromZero = true;
        std::vector<Series> series;
    };

    [[nodiscard]] std::vector<Track> tracks() const;
    [[nodiscard]] Track rates(const QString &title, Text text, qint64 TrafficBucket::*in,
                              qint64 TrafficBucket::*out) const;
    [[nodiscard]] std::vector<Spread> rateColumns(qint64 TrafficBucket::*member) const;
    template <typename Buckets, typename Take>
    [[nodiscard]] std::vector<Spread> spreadColumns(const Buckets &buckets, Take take) const;
    void paintOutages();
    void paintTimeAxis();
    void paintTrack(const Track &track, const QRectF &place);
    void paintTitle(const Track &track, const QRectF &place);
    void paintSeries(const Series &series, const QRectF &area, const AxisTicks::Scale &scale);
    void paintRate(const Series &series, const QRectF &area, const AxisTicks::Scale &scale);
    void paintBand(const Series &series, const QRectF &area, const AxisTicks::Scale &scale);
    [[nodiscard]] bool isBroken(double fromX, double toX) const;
    [[nodiscard]] double xOf(qint64 ms) const;

    QPainter *const m_painter;
    const Statistics &m_statistics;
    const QRectF m_area;
    const qint64 m_fromMs;
    const qint64 m_toMs;
};

} // namespace Syncscope
