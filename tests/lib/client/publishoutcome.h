// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Reply>

#include <QTest>

//! What a publish ended with; the reply itself is gone by then.
struct Outcome {
    explicit Outcome(AppSync::PublishReply *reply)
    {
        QObject::connect(reply, &AppSync::Reply::finished, reply, [this, reply] {
            ++finished;
            error = reply->error();
            successful = reply->successful();
            failed = reply->failed();
            elapsed = reply->elapsed();
        });
    }
    [[nodiscard]] bool arrives() const
    {
        return QTest::qWaitFor([this] { return finished > 0; },
                               30'000); // a busy machine is no failure
    }
    int finished = 0;
    AppSync::Error error;
    QList<AppSync::PublishedEvent> successful;
    QList<AppSync::PublishedEvent> failed;
    std::chrono::nanoseconds elapsed{0};
};

//! A JSON string of \a size bytes, quotes included.
inline QByteArray ofSize(qsizetype size)
{
    return '"' + QByteArray(size - 2, 'x') + '"';
}
