// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/session.h"
#include "app/core/capture/capturestore.h"

#include <AppSync/Gap>

namespace Syncscope::Cli {

//! --save: every frame of a session goes into a capture, whatever is printed.
class Recording : public QObject {
    Q_OBJECT

public:
    //! Begins with the next frame. opened() or failed() follows.
    Recording(const QString &path, Session &session, Console &console, QObject *parent = nullptr);

    void noteGap(const AppSync::Gap &gap);
    //! Writes what waits, and says how much was saved and why some was not; closed() follows, later.
    void close();
    //! All frames until now are in the file, or wait for it.
    [[nodiscard]] bool isWhole() const;

Q_SIGNALS:
    void opened();
    void failed(); //!< close() tells why
    void closed();

private:
    void onTroubleChanged();
    void onClosed();
    void end();

    Console &m_console;
    CaptureStore m_store;
    qint64 m_connection = 0;
    Problem m_problem; //!< why the file cannot be used
    bool m_isClosed = false;
    bool m_isEnding = false;
};

} // namespace Syncscope::Cli
