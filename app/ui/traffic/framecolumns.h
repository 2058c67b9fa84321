// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framecolumn.h"

#include <QAbstractListModel>
#include <QJsonObject>
#include <QTimer>
#include <QtQml/qqml.h>

#include <optional>

namespace Syncscope {

//! The columns of a traffic table in their order, shown or not: those that every table has, and any number from
//! paths into the events. Also in which form its times are told. What the user changes is kept from run to run for
//! each kind of table, and reaches all tables of the kind.
class FrameColumns : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a table")
    Q_PROPERTY(Syncscope::FrameColumn *number READ number CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameColumn *time READ time CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameColumn *delta READ delta CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameColumn *direction READ direction CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameColumn *channel READ channel CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameColumn *size READ size CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameColumn *preview READ preview CONSTANT FINAL)
    //! Those that are shown and read: of each row FrameModel has their texts in this order.
    Q_PROPERTY(QVariantList readColumns READ readList NOTIFY readColumnsChanged FINAL)
    //! How much room there is; the preview takes what the others leave.
    Q_PROPERTY(double viewWidth READ viewWidth WRITE setViewWidth NOTIFY viewWidthChanged FINAL)
    //! How much the columns take, at least the room that there is.
    Q_PROPERTY(double totalWidth READ totalWidth NOTIFY arranged FINAL)
    //! Where notes about the connection may begin to write across the columns: behind those that they have, too.
    Q_PROPERTY(double noteX READ noteX NOTIFY arranged FINAL)
    Q_PROPERTY(Syncscope::FrameColumns::TimeForm timeForm READ timeForm WRITE setTimeForm NOTIFY
                   timesChanged FINAL)
    //! Local time and UTC with their date.
    Q_PROPERTY(bool withDate READ isWithDate WRITE setWithDate NOTIFY timesChanged FINAL)
    Q_PROPERTY(Syncscope::FrameColumns::DeltaForm deltaForm READ deltaForm WRITE setDeltaForm NOTIFY
                   deltasChanged FINAL)

public:
    enum Role { ColumnRole = Qt::UserRole + 1 };
    Q_ENUM(Role)
    enum class Table { Events, GraphQl, Captures };
    Q_ENUM(Table)
    enum class TimeForm { Local, Utc, SinceStart };
    Q_ENUM(TimeForm)
    enum class DeltaForm { PreviousRow, PreviousOfChannel };
    Q_ENUM(DeltaForm)

    explicit FrameColumns(QObject *parent = nullptr);
    ~FrameColumns() override;

    //! Takes over what was kept for tables of this kind, and keeps what changes from now on, unless WindowMemory is
    //! off.
    void remember(Table table);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_columns.size()); }
    [[nodiscard]] FrameColumn *at(int row) const;
    [[nodiscard]] FrameColumn *fixed(FrameColumn::Kind kind) const; //!< any but a path
    [[nodiscard]] FrameColumn *number() const { return fixed(FrameColumn::Kind::Number); }
    [[nodiscard]] FrameColumn *time() const { return fixed(FrameColumn::Kind::Time); }
    [[nodiscard]] FrameColumn *delta() const { return fixed(FrameColumn::Kind::Delta); }
    [[nodiscard]] FrameColumn *direction() const { return fixed(FrameColumn::Kind::Direction); }
    [[nodiscard]] FrameColumn *channel() const { return fixed(FrameColumn::Kind::Channel); }
    [[nodiscard]] FrameColumn *size() const { return fixed(FrameColumn::Kind::Size); }
    [[nodiscard]] FrameColumn *preview() const { return fixed(FrameColumn::Kind::Preview); }
    [[nodiscard]] QList<FrameColumn *> readColumns() const { return m_read; }
    [[nodiscard]] QVariantList readList() const; //!< the same, as QML's views want it

    [[nodiscard]] double viewWidth() const { return m_viewWidth; }
    void setViewWidth(double width);
    [[nodiscard]] double totalWidth() const { return m_totalWidth; }
    [[nodiscard]] double noteX() const { return m_noteX; }

    [[nodiscard]] TimeForm timeForm() const { return m_timeForm; }
    void setTimeForm(TimeForm form);
    [[nodiscard]] bool isWithDate() const { return m_withDate; }
    void setWithDate(bool withDate);
    [[nodiscard]] DeltaForm deltaForm() const { return m_deltaForm; }
    void setDeltaForm(DeltaForm form);

    //! Why \a text is no path, and where; empty: it is one.
    Q_INVOKABLE [[nodiscard]] QString problemOf(const QString &text) const;
    //! A column of what stands at the path \a text, in front of the preview; of one that there is already, that one
    //! is shown. False: it is no path.
    Q_INVOKABLE bool addPath(const QString &text);
    //! Of a path only; the others can be hidden.
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void setShown(int row, bool shown);
    //! To \a row among all, shown or not.
    Q_INVOKABLE void move(int from, int row);
    //! Within what is useful; FrameColumn::kAutomatic: as wide as there is room.
    Q_INVOKABLE void resize(Syncscope::FrameColumn *column, double width);
    //! The row of the shown column at \a x, or nearest to it.
    Q_INVOKABLE [[nodiscard]] int rowAt(double x) const;
    //! As they were at first, without those from paths.
    Q_INVOKABLE void reset();

    static constexpr double kGutter = 20; //!< in front of the first column: for marks
    static constexpr double kGap = 12; //!< between two
    static constexpr double kDateWidth = 80; //!< what the date takes

Q_SIGNALS:
    void viewWidthChanged();
    void readColumnsChanged();
    void arranged();
    void timesChanged();
    void deltasChanged();

private:
    [[nodiscard]] int rowOf(const FrameColumn *column) const;
    [[nodiscard]] FrameColumn *pathColumn(const QString &text, const JsonPath &path);
    [[nodiscard]] QByteArray state() const;
    void setState(const QByteArray &state);
    [[nodiscard]] FrameColumn *columnOf(const QJsonObject &kept,
                                        const QList<FrameColumn *> &before);
    void adopt(const QList<FrameColumn *> &columns);
    void arrange();
    [[nodiscard]] double dateRoom(const FrameColumn *column) const;
    void updateHeadings();
    void setHeading(FrameColumn *column, const QString &heading, const QString &description);
    void changed();
    void keep();

    QList<FrameColumn *> m_fixed; //!< by kind
    QList<FrameColumn *> m_columns; //!< those and the ones from paths, in their order
    QList<FrameColumn *> m_paths; //!< all that there were
    QList<FrameColumn *> m_read;
    double m_viewWidth = 0;
    double m_totalWidth = 0;
    double m_noteX = 0;
    TimeForm m_timeForm = TimeForm::Local;
    DeltaForm m_deltaForm = DeltaForm::PreviousRow;
    bool m_withDate = false;
    std::optional<Table> m_table; //!< none: nothing is kept
    QTimer m_settled;
};

} // namespace Syncscope
