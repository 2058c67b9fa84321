// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/statistics/plotpath.h"
#include "app/core/statistics/trafficstatistics.h"
#include "app/ui/capture/capturejob.h"
#include "app/ui/statistics/ledgermodel.h"
#include "app/ui/statistics/timerange.h"
#include "app/ui/traffic/framefilter.h"

#include <QObject>
#include <QPointer>
#include <QtQml/qqml.h>
#include <QVariantMap>

#include <memory>

namespace Syncscope {

//! What is known of one traffic table's traffic over time: how much, how fast, when nothing could come. A stretch of
//! it can be made a part of the table's filter, and the numbers at one place in events can be added.
class Statistics : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session or a capture")
    //! Somebody looks: it is kept up to date, and what is not counted yet is.
    Q_PROPERTY(bool watched READ isWatched WRITE setWatched NOTIFY watchedChanged FINAL)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed FINAL)
    //! Why it is empty, or what is missing; empty: nothing.
    Q_PROPERTY(QString remark READ remark NOTIFY changed FINAL)
    Q_PROPERTY(bool canReadAgain READ canReadAgain NOTIFY changed FINAL)
    //! All of it in a few words.
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    //! Latencies of publishes and requests, and of events that were seen again: maps of `count`, `text`, `p50`,
    //! `p90`, `p99`, `greatest`, `least` (texts) and `bars`, a list of `share` (0 to 1) and `text`.
    Q_PROPERTY(QVariantMap answers READ answers NOTIFY changed FINAL)
    Q_PROPERTY(QVariantMap echoes READ echoes NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::LedgerModel *ledger READ ledger CONSTANT FINAL)
    //! Reads the capture; null: it is live.
    Q_PROPERTY(Syncscope::CaptureJob *job READ job CONSTANT FINAL)
    //! Where in events the numbers stand that are drawn, as filters write it; empty: none are.
    Q_PROPERTY(QString plotPath READ plotPath WRITE setPlotPath NOTIFY plotChanged FINAL)
    Q_PROPERTY(QString plotProblem READ plotProblem NOTIFY plotChanged FINAL)
    //! How many numbers there are, and what was none.
    Q_PROPERTY(QString plotRemark READ plotRemark NOTIFY changed FINAL)
    //! The filter of the table has a range of time.
    Q_PROPERTY(bool hasRange READ hasRange NOTIFY rangeChanged FINAL)

public:
    using Buckets = TimeBuckets<TrafficBucket>;
    using Plot = TimeBuckets<Spread>;

    //! \a filter is the table's. \a clock outlives it.
    Statistics(FrameFilter *filter, const AppSync::Clock *clock, QObject *parent = nullptr);
    ~Statistics() override;

    [[nodiscard]] bool isWatched() const { return m_isWatched; }
    virtual void setWatched(bool watched);
    [[nodiscard]] bool isEmpty() const { return m_traffic->buckets().isEmpty(); }
    [[nodiscard]] virtual QString remark() const = 0;
    [[nodiscard]] virtual bool canReadAgain() const { return false; }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QVariantMap answers() const;
    [[nodiscard]] QVariantMap echoes() const;
    [[nodiscard]] LedgerModel *ledger() { return &m_ledger; }
    [[nodiscard]] virtual CaptureJob *job() { return nullptr; }
    [[nodiscard]] QString plotPath() const { return m_path.text(); }
    void setPlotPath(const QString &path);
    [[nodiscard]] QString plotProblem() const { return m_path.problem(); }
    [[nodiscard]] QString plotRemark() const;

    [[nodiscard]] const Buckets &buckets() const { return m_traffic->buckets(); }
    [[nodiscard]] const std::vector<TrafficOutage> &outages() const { return m_traffic->outages(); }
    [[nodiscard]] bool hasLatencies() const
    {
        return m_traffic->answers().count() > 0 || m_traffic->echoes().count() > 0;
    }
    [[nodiscard]] bool hasKeepAlives() const { return m_traffic->total().keepAlive.count > 0; }
    [[nodiscard]] const Plot &plot() const { return m_plotted.numbers; }
    //! What the axis begins and ends with. Of an outage that goes on, its end is that of the axis.
    [[nodiscard]] qint64 fromMs() const;
    [[nodiscard]] virtual qint64 toMs() const;
    //! Until when everything that happened is counted: what is open at the end is not over.
    [[nodiscard]] virtual qint64 countedMs() const { return buckets().endMs(); }
    //! The values of a stretch of time in words.
    [[nodiscard]] QString wordsFor(qint64 fromMs, qint64 toMs) const;

    [[nodiscard]] std::optional<TimeRange> range() const;
    [[nodiscard]] bool hasRange() const { return range().has_value(); }
    //! Lets the table show this time only; what else the filter says stays.
    void setRange(const TimeRange &range);
    Q_INVOKABLE void clearRange();
    Q_INVOKABLE virtual void readAgain() { }

Q_SIGNALS:
    void changed();
    void watchedChanged();
    void plotChanged();
    void rangeChanged();

protected:
    //! Numbers at the path, and what was none.
    struct Plotted {
        Plot numbers;
        qint64 count = 0;
        qint64 others = 0;
        qint64 unread = 0; //!< frames that are not at hand

        void add(const PlotPath &path, QByteArrayView payload, bool isResult, qint64 atMs);
    };

    [[nodiscard]] const PlotPath &path() const { return m_path; }
    //! path() is another one: fills m_plotted from the beginning.
    virtual void readPlot() = 0;
    //! Begins anew with what \a traffic counted.
    void take(std::unique_ptr<TrafficStatistics> traffic);

    const AppSync::Clock *const m_clock;
    std::unique_ptr<TrafficStatistics> m_traffic; //!< never null
    LedgerModel m_ledger;
    Plotted m_plotted;

private:
    void setFilter(const QString &text);

    QPointer<FrameFilter> m_filter;
    PlotPath m_path;
    bool m_isWatched = false;
};

} // namespace Syncscope
