// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturemarks.h"
#include "app/ui/notice.h"
#include "app/ui/traffic/framemodel.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqml.h>

#include <optional>
#include <vector>

namespace Syncscope {

//! The bookmarks of a table, in the order of their records. They stay when the filter hides a record, and when it
//! leaves memory.
class FrameMarks : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a table")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    //! A record is selected, which can be bookmarked, or is.
    Q_PROPERTY(bool canMark READ canMark NOTIFY selectedChanged FINAL)
    //! Of the selected record.
    Q_PROPERTY(bool selectedIsMarked READ selectedIsMarked NOTIFY selectedChanged FINAL)
    Q_PROPERTY(QString selectedTitle READ selectedTitle NOTIFY selectedChanged FINAL)
    Q_PROPERTY(QString selectedNote READ selectedNote NOTIFY selectedChanged FINAL)
    //! Why a bookmark could not be kept.
    Q_PROPERTY(Syncscope::Notice notice READ notice NOTIFY noticeChanged FINAL)

public:
    enum Role {
        NumberRole = Qt::UserRole + 1,
        TitleRole,
        NoteRole,
        PreviewRole, //!< of the record
        PlaceRole, //!< where the record is, if it is no row; else empty
        SelectedRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    //! What it means that the source does not have a record.
    enum class Absent {
        LeftMemory,
        NotInFile,
    };

    //! \a source and \a model outlive it.
    FrameMarks(const FrameSource *source, FrameModel *model, Absent absent,
               QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_marks.size()); }
    [[nodiscard]] bool canMark() const;
    [[nodiscard]] bool selectedIsMarked() const { return find(selected()) >= 0; }
    [[nodiscard]] QString selectedTitle() const;
    [[nodiscard]] QString selectedNote() const;
    [[nodiscard]] Notice notice() const { return m_notice; }
    void setNotice(const Notice &notice);
    Q_INVOKABLE void dismissNotice() { setNotice({}); }
    [[nodiscard]] QList<CaptureMark> marks() const;
    //! Those that a file has; nobody is told of a change.
    void setMarks(const QList<CaptureMark> &marks);

    Q_INVOKABLE [[nodiscard]] bool has(double number) const { return find(qint64(number)) >= 0; }
    //! Bookmarks the selected record; if it is, no more. What was taken away by mistake comes back with its words.
    Q_INVOKABLE void toggle();
    //! Bookmarks a record with these words, instead of those that it has.
    Q_INVOKABLE void write(double number, const QString &title, const QString &note);
    Q_INVOKABLE void remove(double number);
    //! Selects the record of a row, or says why it cannot.
    Q_INVOKABLE void go(int row);
    //! To the bookmark behind the selected record; behind the last one is the first.
    Q_INVOKABLE void goNext();
    Q_INVOKABLE void goPrevious();

Q_SIGNALS:
    void countChanged();
    void selectedChanged();
    void noticeChanged();
    //! The user set or changed a bookmark, or took it away: it wants to be kept.
    void changed(const Syncscope::CaptureMarkChange &change);
    //! A sentence for the user.
    void told(const QString &sentence);

private:
    struct Entry {
        CaptureMark mark;
        mutable QString preview; //!< of the record, as it was when it could last be read
    };

    [[nodiscard]] qint64 selected() const { return qint64(m_model->selectedNumber()); }
    [[nodiscard]] int find(qint64 number) const; //!< -1: none
    [[nodiscard]] int placeFor(qint64 number) const; //!< of the first that is not smaller
    //! Null: the source does not have it.
    [[nodiscard]] const FrameRecord *recordOf(qint64 number) const;
    [[nodiscard]] QString previewOf(const Entry &entry) const;
    [[nodiscard]] QString placeOf(qint64 number) const;
    void set(const CaptureMark &mark);
    void clear();
    void refresh(int role);

    const QPointer<const FrameSource> m_source;
    const QPointer<FrameModel> m_model;
    const Absent m_absent;
    std::vector<Entry> m_marks; //!< by number
    std::optional<CaptureMark> m_removed; //!< the last one
    Notice m_notice;
};

} // namespace Syncscope
