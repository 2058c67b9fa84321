// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/inspect/textlayout.h"

#include <QAbstractListModel>
#include <QFutureWatcher>
#include <QTextLayout>
#include <QtQml/qqml.h>

#include <memory>

namespace Syncscope {

//! A text of any length as rows for a list: its lines, in pieces where they are longer than a row. Nothing of it is
//! copied or cut; a large one is laid out on a thread.
class TextLines : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to an inspector")
    Q_PROPERTY(QString text READ text NOTIFY laidOut FINAL)
    Q_PROPERTY(int count READ count NOTIFY laidOut FINAL)
    //! Of the widest row.
    Q_PROPERTY(int longest READ longest NOTIFY laidOut FINAL)
    //! Where lines are wrapped; 0: only where they are longer than kLongestRow.
    Q_PROPERTY(int columns READ columns WRITE setColumns NOTIFY columnsChanged FINAL)
    //! Another one with each text.
    Q_PROPERTY(int serial READ serial NOTIFY laidOut FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged FINAL)

public:
    enum Role { TextRole = Qt::UserRole + 1 }; //!< of the row, as it is shown
    Q_ENUM(Role)

    explicit TextLines(QObject *parent = nullptr);
    ~TextLines() override;

    //! \a isJson: it is coloured.
    void setText(const QString &text, bool isJson);
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] const TextLayout &layout() const { return m_layout; }
    [[nodiscard]] int count() const { return m_layout.rows(); }
    [[nodiscard]] int longest() const { return m_layout.longest(); }
    [[nodiscard]] int serial() const { return m_serial; }
    [[nodiscard]] int columns() const { return m_columns; }
    void setColumns(int columns);
    //! It is being laid out; its old rows are shown meanwhile, or none.
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QStringView row(int row) const;
    //! Colours of the row, positions counted from its beginning.
    [[nodiscard]] QList<QTextLayout::FormatRange> colors(int row) const;
    Q_INVOKABLE [[nodiscard]] int rowAt(int position) const { return m_layout.rowAt(position); }
    Q_INVOKABLE [[nodiscard]] int beginOf(int row) const { return int(m_layout.begin(row)); }

    static constexpr int kLongestRow = 1000;
    static constexpr qsizetype kAtOnce = 200'000; //!< units that are laid out without a thread

Q_SIGNALS:
    void laidOut();
    void columnsChanged();
    void busyChanged();

private:
    void layOut();
    void take(TextLayout &&layout);
    void setBusy(bool busy);
    void giveUp();

    QString m_text;
    TextLayout m_layout; //!< of m_text, or empty
    int m_columns = 0;
    int m_serial = 0;
    bool m_isJson = false;
    bool m_isBusy = false;
    std::shared_ptr<std::atomic_bool> m_isCancelled; //!< of the layout under way
    QFutureWatcher<std::shared_ptr<TextLayout>> m_laying;
};

} // namespace Syncscope
