// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QObject>

namespace Syncscope::Cli {

//! Standard output: collects what one turn of the event loop writes and passes it on in one piece, so that
//! nothing waits for more to come and a flood costs few system calls.
class OutputStream : public QObject {
    Q_OBJECT

public:
    explicit OutputStream(QObject *parent = nullptr);

    void write(const QByteArray &bytes);
    //! Passes everything on now.
    void flush();

Q_SIGNALS:
    //! The reader went away; everything further is dropped.
    void broken();
    //! The bytes could not be written (disk full, …); everything further is dropped.
    void failed(const QString &reason);

private:
    QByteArray m_buffer;
    bool m_scheduled = false;
    bool m_closed = false;
};

} // namespace Syncscope::Cli
