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
    //! Writes what waits, and says how much was saved; closed() follows, later.
    void close();

Q_SIGNALS:
    void opened();
    void failed(); //!< why has been told
    void closed();

private:
    void onTroubleChanged();
    void onClosed();

    Console &m_console;
    CaptureStore m_store;
    qint64 m_connection = 0;
    bool m_hasFailed = false; //!< it could not be opened
    bool m_isClosed = false;
};

} // namespace Syncscope::Cli
