// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"

namespace AppSync {

//! What the `credential_process` of a profile prints. A person is asked once before it runs, unless that is
//! allowed already.
class ProcessCredentials : public FetchedCredentials {
    Q_OBJECT

public:
    ProcessCredentials(const AwsContext &context, QObject *parent);
    [[nodiscard]] QString displayName() const override;

protected:
    void fetch() override;

private:
    void askToRun();
    void run();
    void read(const QByteArray &output);

    QString m_command;
};

} // namespace AppSync
