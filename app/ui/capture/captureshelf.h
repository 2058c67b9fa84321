// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/capture/captureview.h"

#include <QAbstractListModel>

#include <vector>

namespace Syncscope {

//! The captures that are open, each a tab beside the live traffic.
class CaptureShelf : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    //! The row that is shown; -1: none, but what is live.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged FINAL)
    Q_PROPERTY(Syncscope::CaptureView *shown READ shown NOTIFY currentChanged FINAL)
    //! A file of others is being read.
    Q_PROPERTY(Syncscope::CaptureJob *job READ job CONSTANT FINAL)
    //! Why a file could not be opened.
    Q_PROPERTY(Syncscope::Notice notice READ notice NOTIFY noticeChanged FINAL)

public:
    enum Role { TitleRole = Qt::UserRole + 1, PathRole };
    Q_ENUM(Role)

    explicit CaptureShelf(QObject *parent = nullptr);
    ~CaptureShelf() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_views.size()); }
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row);
    [[nodiscard]] CaptureView *shown() const { return view(m_current); }
    [[nodiscard]] CaptureView *view(int row) const
    {
        return row < 0 || row >= count() ? nullptr : m_views[std::size_t(row)].get();
    }
    [[nodiscard]] CaptureJob *job() { return &m_job; }
    [[nodiscard]] Notice notice() const { return m_notice; }

    //! Whether its name says that it is a capture, or a file that one can be made of.
    Q_INVOKABLE [[nodiscard]] static bool isCapture(const QUrl &file);
    //! Opens a capture, or what can be made one, and shows it. What is open already is shown.
    Q_INVOKABLE void open(const QUrl &file);
    Q_INVOKABLE void close(int row);
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void countChanged();
    void currentChanged();
    void noticeChanged();
    //! A capture is shown from now on.
    void opened();

private:
    void import(const QString &path);
    void add(const QString &path, const QString &shownPath, std::unique_ptr<QTemporaryDir> folder);
    void setProblem(const Problem &problem);
    void setNotice(const Notice &notice);

    std::vector<std::unique_ptr<CaptureView>> m_views;
    int m_current = -1;
    CaptureJob m_job;
    QString m_importing;
    std::unique_ptr<QTemporaryDir> m_folder; //!< of what is imported
    Notice m_notice;
};

} // namespace Syncscope
