// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framerecord.h"

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! A part of a frame's text, and what it means.
struct FrameNote {
    qsizetype begin = 0;
    qsizetype end = 0;
    QString part; //!< "type", "errors[0]"
    QString words;
    bool isError = false;

    friend bool operator==(const FrameNote &, const FrameNote &) = default;
};

//! What the parts of a frame mean, in the order of its text.
class FrameNotes : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to an inspector")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)

public:
    enum Role {
        BeginRole = Qt::UserRole + 1, //!< position in the text
        EndRole,
        PartRole,
        WordsRole,
        ErrorRole,
        AccessibleNameRole,
    };
    Q_ENUM(Role)

    explicit FrameNotes(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    //! What there is to say about a frame, also one that nobody understands. May be called on any thread.
    [[nodiscard]] static QList<FrameNote> of(const FrameRecord &record);
    void show(const QList<FrameNote> &notes);
    //! The one that the position in the text belongs to; -1: none does.
    Q_INVOKABLE [[nodiscard]] int at(int position) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_notes.size()); }

    static constexpr int kMostElements = 50; //!< of one list that are told apart

Q_SIGNALS:
    void changed();

private:
    QList<FrameNote> m_notes;
};

} // namespace Syncscope
