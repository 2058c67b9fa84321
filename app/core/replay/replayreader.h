// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/replay/replaysurvey.h"

#include <QObject>
#include <QThread>

#include <atomic>

namespace Syncscope {

//! Reads the events of a capture on a thread of its own, as they are asked for.
class ReplayReader : public QObject {
    Q_OBJECT

public:
    //! Of what \a filter lets through in the capture \a path.
    ReplayReader(const QString &path, const Filter &filter, QObject *parent = nullptr);
    //! Waits for no more than a stretch of frames.
    ~ReplayReader() override;

    //! surveyed() follows.
    void survey(const std::optional<ReplayTemplate> &rewrite);
    //! Reads on, from the beginning the first time; came() follows. \a kind: of the survey.
    void read(const QByteArray &kind);

Q_SIGNALS:
    void progressed(double share); //!< of the survey, 0 to 1
    void surveyed(const Syncscope::ReplaySurvey &survey);
    //! None: that was all, or \a problem says why there are no more.
    void came(const QList<Syncscope::ReplayEvent> &events, const Syncscope::Problem &problem);

private:
    // Of the thread.
    template <typename Function> void tell(Function function);
    bool open(Problem *problem);
    void makeSurvey(const std::optional<ReplayTemplate> &rewrite);
    void readSome(const QByteArray &kind);

    const QString m_path;
    const Filter m_filter;
    QThread m_thread;
    QObject m_worker; //!< lives there
    std::atomic_bool m_isEnding = false;
    std::unique_ptr<CaptureFile> m_file; //!< of the thread
    qint64 m_next = 1; //!< likewise: number of the frame to read next
};

} // namespace Syncscope
