// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/capture/capturejob.h"
#include "app/ui/notice.h"

#include <QObject>
#include <QtQml/qqml.h>

namespace Syncscope {

//! Makes the full-text index of an open capture when it is asked for.
class CaptureIndexer : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a capture")
    //! There is an index, which searches use.
    Q_PROPERTY(bool ready READ isReady NOTIFY changed FINAL)
    //! What to expect of making it, in words.
    Q_PROPERTY(QString hint READ hint NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::CaptureJob *job READ job CONSTANT FINAL)
    //! Why it could not be made.
    Q_PROPERTY(Syncscope::Notice notice READ notice NOTIFY changed FINAL)

public:
    //! Of the capture \a path, which was begun at \a created.
    CaptureIndexer(const QString &path, const QString &created, QObject *parent = nullptr);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString hint() const;
    [[nodiscard]] CaptureJob *job() { return &m_job; }
    [[nodiscard]] Notice notice() const { return m_notice; }

    Q_INVOKABLE void start();
    //! Removes the index.
    Q_INVOKABLE void discard();
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void changed();
    //! It was made; \a outcome says so.
    void made(const QString &outcome);

private:
    void look();
    void onFinished(const Problem &problem, bool wasCancelled);

    const QString m_path;
    const QString m_created;
    CaptureJob m_job;
    Notice m_notice;
    bool m_isReady = false;
};

} // namespace Syncscope
