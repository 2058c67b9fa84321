// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QObject>

#include <memory>

namespace Syncscope::Cli {

//! Standard input without ever blocking the event loop, whatever it is: pipe, terminal, file, socket.
class StdinReader : public QObject {
    Q_OBJECT

public:
    explicit StdinReader(QObject *parent = nullptr);
    ~StdinReader() override;

    //! Reads until end of input; while paused nothing further is read.
    void start();
    void setPaused(bool paused);

Q_SIGNALS:
    void dataRead(const QByteArray &data);
    void finished();
    void failed(const QString &reason);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Syncscope::Cli
