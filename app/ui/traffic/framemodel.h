// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framecells.h"
#include "app/ui/traffic/framecolumns.h"
#include "app/ui/traffic/framefilter.h"
#include "app/ui/traffic/framesource.h"
#include "app/ui/traffic/frametimes.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqml.h>

#include <deque>

namespace Syncscope {

//! The rows of the traffic table: the records that the filter lets through, and all notes about the connection.
//! While it follows, new frames appear in batches; while it is held, the rows stand still and what arrives
//! waits, counted. The capture in the log goes on either way.
class FrameModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    //! Records that are kept, shown or not.
    Q_PROPERTY(int total READ total NOTIFY totalChanged FINAL)
    Q_PROPERTY(bool following READ isFollowing NOTIFY followingChanged FINAL)
    Q_PROPERTY(int waiting READ waiting NOTIFY waitingChanged FINAL)
    Q_PROPERTY(
        bool showControl READ showControl WRITE setShowControl NOTIFY showControlChanged FINAL)
    Q_PROPERTY(Syncscope::FrameFilter *filter READ filter CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameColumns *columns READ columns CONSTANT FINAL)
    //! Rows are still being looked for.
    Q_PROPERTY(bool searching READ isSearching NOTIFY searchingChanged FINAL)
    //! Number of the selected record; 0: none.
    Q_PROPERTY(double selectedNumber READ selectedNumber NOTIFY selectionChanged FINAL)

public:
    enum Role {
        NumberRole = Qt::UserRole + 1,
        TimeRole,
        DeltaRole,
        OutgoingRole,
        MarkRole, //!< what kind of line it is
        FailedRole, //!< an error: worth a colour
        RoutineRole, //!< of no interest unless one looks for it
        SlotRole,
        ChannelRole,
        SizeRole,
        PreviewRole,
        ReadTextsRole, //!< of FrameColumns::readColumns
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    enum Mark { Frame, Lost, Closed, Restored, Gap };
    Q_ENUM(Mark)

    explicit FrameModel(FrameSource *source, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] int total() const
    {
        return m_source ? int(m_source->end() - m_source->begin()) : 0;
    }
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] int waiting() const { return int(m_waiting.size()); }
    [[nodiscard]] FrameFilter *filter() { return &m_filter; }
    [[nodiscard]] FrameColumns *columns() { return &m_columns; }
    [[nodiscard]] bool isSearching() const { return m_search->isRunning(); }
    [[nodiscard]] bool showControl() const { return m_showControl; }
    void setShowControl(bool show);
    [[nodiscard]] double selectedNumber() const { return double(m_selected); }

    //! Shows what the source has already, from its beginning.
    void showAll();
    Q_INVOKABLE void hold();
    Q_INVOKABLE void follow();
    Q_INVOKABLE void toggleFollow();
    //! Selecting holds the view.
    Q_INVOKABLE void select(int row);
    //! The record of this number, which need not be shown.
    Q_INVOKABLE void selectRecord(double number);
    Q_INVOKABLE void clearSelection();
    //! The view is held with \a row at its top: when another filter has found its rows, placeWanted() tells which is
    //! the nearest. To be called before the model is reset.
    Q_INVOKABLE void notePlace(int row);
    //! Moves the selection by \a steps rows; over the last row it lets one batch of waiting rows in.
    Q_INVOKABLE void moveSelection(int steps);
    Q_INVOKABLE [[nodiscard]] int selectedRow() const;
    //! The longest text that \a column has in the rows from \a first to \a last.
    Q_INVOKABLE [[nodiscard]] QString longestText(const Syncscope::FrameColumn *column, int first,
                                                  int last) const;
    [[nodiscard]] int rowOf(qint64 number) const; //!< -1: not shown

Q_SIGNALS:
    void countChanged();
    void totalChanged();
    void followingChanged();
    void waitingChanged();
    void showControlChanged();
    void searchingChanged();
    void selectionChanged();
    //! Rows were added while following: the moment to scroll to the end. (In onCountChanged it is too
    //! early: the view would create rows without end.)
    void appended();
    //! The selection moved by keyboard: bring \a row into view.
    void rowWanted(int row);
    //! Bring \a row to the top of the view.
    void placeWanted(int row);

private:
    void onAppended(qint64 first, qint64 count);
    void onTrimmed(qint64 begin);
    void onCleared();
    void onAmended(qint64 number);
    void onFound(const QList<qint64> &numbers);
    void reveal();
    void rebuild();
    void dropWaiting();
    void restorePlace();
    void setFollowing(bool following);
    void setSelected(qint64 number);
    [[nodiscard]] FrameTest test() const { return {m_filter.applied(), m_showControl}; }
    void onRead(qint64 number);
    void changeAll(Role role);
    [[nodiscard]] QString textOf(const FrameColumn &column, int row) const;

    QPointer<FrameSource> m_source;
    FrameFilter m_filter;
    FrameColumns m_columns;
    mutable FrameCells m_cells; //!< remembers what was asked for
    FrameTimes m_times;
    std::unique_ptr<FrameSearch> m_search;
    std::deque<qint64> m_rows; //!< record numbers, ascending
    qint64 m_place = 0; //!< number of notePlace(); 0: none
    std::deque<qint64> m_waiting; //!< likewise, of those that will be rows
    qint64 m_shownEnd = 1; //!< records from here on wait
    qint64 m_selected = 0;
    bool m_following = true;
    bool m_showControl = false;
};

} // namespace Syncscope
