// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/statistics/statistics.h"

#include <QPointer>
#include <QQuickPaintedItem>

#include <optional>

namespace Syncscope {

//! Statistics over time: one track below the other on one axis. Moving over it tells the values of that moment in
//! words; dragging, or Shift with the arrow keys, chooses a range. The wheel, + and - show a part of the time.
class TimeChart : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Syncscope::Statistics *statistics READ statistics WRITE setStatistics NOTIFY
                   statisticsChanged FINAL)
    //! Of the moment that is looked at; negative: none is.
    Q_PROPERTY(double cursorX READ cursorX NOTIFY cursorChanged FINAL)
    //! Its values in words.
    Q_PROPERTY(QString words READ words NOTIFY cursorChanged FINAL)
    //! The range that is being chosen, or that the table is filtered by; of no width: there is none.
    Q_PROPERTY(double rangeX READ rangeX NOTIFY rangeChanged FINAL)
    Q_PROPERTY(double rangeWidth READ rangeWidth NOTIFY rangeChanged FINAL)
    //! Only a part of the time is shown.
    Q_PROPERTY(bool zoomed READ isZoomed NOTIFY viewChanged FINAL)
    //! Of what lies above the axis' labels.
    Q_PROPERTY(double plotTop READ plotTop NOTIFY viewChanged FINAL)
    Q_PROPERTY(double plotHeight READ plotHeight NOTIFY viewChanged FINAL)

public:
    explicit TimeChart(QQuickItem *parent = nullptr);

    [[nodiscard]] Statistics *statistics() const { return m_statistics; }
    void setStatistics(Statistics *statistics);
    [[nodiscard]] double cursorX() const;
    [[nodiscard]] QString words() const;
    [[nodiscard]] double rangeX() const;
    [[nodiscard]] double rangeWidth() const;
    [[nodiscard]] bool isZoomed() const { return m_spanMs > 0; }
    [[nodiscard]] double plotTop() const;
    [[nodiscard]] double plotHeight() const;

    void paint(QPainter *painter) override;
    //! All of the time again.
    Q_INVOKABLE void showAll();
    //! Keeps the moment at \a x where it is; \a factor below 1 shows less time.
    Q_INVOKABLE void zoom(double factor, double x);

Q_SIGNALS:
    void statisticsChanged();
    void cursorChanged();
    void rangeChanged();
    void viewChanged();
    //! Escape, where there was nothing to take back.
    void leaveWanted();

protected:
    void geometryChange(const QRectF &geometry, const QRectF &before) override;
    void hoverMoveEvent(QHoverEvent *event) override;
    void hoverLeaveEvent(QHoverEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseUngrabEvent() override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void onChanged();
    void onRangeChanged();
    [[nodiscard]] qint64 fromMs() const;
    [[nodiscard]] qint64 toMs() const;
    [[nodiscard]] QRectF plotArea() const;
    [[nodiscard]] double xOf(qint64 ms) const;
    [[nodiscard]] qint64 timeAt(double x) const;
    [[nodiscard]] qint64 stepMs() const;
    [[nodiscard]] std::optional<TimeRange> chosen() const;
    void setCursor(std::optional<qint64> ms);
    void moveCursor(qint64 ms, bool extends);
    void apply();
    void takeBack();

    QPointer<Statistics> m_statistics;
    std::optional<qint64> m_cursorMs;
    std::optional<qint64> m_anchorMs; //!< where the range that is being chosen begins
    QPointF m_hovered{-1, -1};
    double m_pressX = 0;
    bool m_isPressed = false;
    qint64 m_spanMs = 0; //!< that is shown; 0: all
    std::optional<qint64> m_endMs; //!< of what is shown; none: it follows what comes
};

} // namespace Syncscope
