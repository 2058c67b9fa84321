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
    //! Makes a capture that is opened then: of a file of others, of the difference of two, of several.
    Q_PROPERTY(Syncscope::CaptureJob *job READ job CONSTANT FINAL)
    //! What it does.
    Q_PROPERTY(QString jobText READ jobText NOTIFY jobTextChanged FINAL)
    //! Why one could not be opened or made, or what of a file of others it lacks.
    Q_PROPERTY(Syncscope::Notice notice READ notice NOTIFY noticeChanged FINAL)

public:
    enum Role { TitleRole = Qt::UserRole + 1, PathRole };
    Q_ENUM(Role)

    //! \a targets, where their events can be replayed, may be null and outlive this.
    explicit CaptureShelf(ReplayTargets *targets = nullptr, QObject *parent = nullptr);
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
    [[nodiscard]] QString jobText() const { return m_jobText; }
    [[nodiscard]] Notice notice() const { return m_notice; }

    //! Whether its name says that it is a capture, or a file that one can be made of.
    Q_INVOKABLE [[nodiscard]] static bool isCapture(const QUrl &file);
    //! Opens a capture, or what can be made one, and shows it. What is open already is shown.
    Q_INVOKABLE void open(const QUrl &file);
    Q_INVOKABLE void close(int row);
    //! Compares what is shown, as its filter lets it through, with another one that is open.
    Q_INVOKABLE void compare(int row);
    Q_INVOKABLE void compareWith(const QUrl &file);
    //! Writes those of \a rows and \a files into the capture \a target, which is opened then.
    Q_INVOKABLE void merge(const QList<int> &rows, const QList<QUrl> &files, const QUrl &target);
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void countChanged();
    void currentChanged();
    void jobTextChanged();
    void noticeChanged();
    //! A capture is shown from now on.
    void opened();

private:
    using Source = CaptureView::Source;
    void import(const QString &path);
    void compareShownWith(const Source &other);
    //! \a done follows if all went well. False: something else is being made.
    bool run(const QString &text, const CaptureJob::Work &work, const std::function<void()> &done);
    void add(const Source &source);
    [[nodiscard]] static Source sourceOf(const QUrl &file);
    void setProblem(const Problem &problem);
    void setNotice(const Notice &notice);

    ReplayTargets *const m_targets;
    std::vector<std::unique_ptr<CaptureView>> m_views;
    int m_current = -1;
    CaptureJob m_job;
    QString m_jobText;
    std::function<void()> m_done;
    Notice m_notice;
};

} // namespace Syncscope
