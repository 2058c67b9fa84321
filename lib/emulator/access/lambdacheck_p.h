// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../emulatoroptions.h"
#include "../now_p.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QRegularExpression>
#include <QTimer>

#include <map>

namespace AppSync::Emulation {

//! Asks the Lambda authorizer as the service does: with a deadline, keeping its answers for as long as they
//! are good, and where they are kept, once for those who ask the same at the same time.
class LambdaCheck : public QObject {
public:
    struct Verdict {
        QJsonObject handlerContext = {};
        QString problem = {}; //!< for the log; empty: authorized
        QStringList deniedFields = {};
    };
    using Answer = std::function<void(const Verdict &)>;

    explicit LambdaCheck(const Now &now);

    //! Empty, or what is wrong with \a settings; then nothing changes. Forgets all answers.
    [[nodiscard]] QString configure(const EmulatorOptions::Lambda &settings);
    //! Forgets all answers of the one before.
    void setAuthorizer(const EmulatorOptions::LambdaAuthorizer &authorizer);
    [[nodiscard]] bool isSet() const { return bool(m_authorizer); }
    //! Calls \a answer once, now or later, as long as this lives.
    void check(const EmulatorOptions::LambdaRequest &request, const Answer &answer);

private:
    struct Kept {
        Verdict verdict;
        QDateTime end;
    };
    struct Call {
        QString key;
        QList<Answer> waiting;
        std::unique_ptr<QTimer> deadline;
    };

    void start(const QString &key, const EmulatorOptions::LambdaRequest &request,
               const Answer &answer);
    void finish(quint64 id, const EmulatorOptions::LambdaAnswer &said);
    void forget();

    const Now &m_now;
    EmulatorOptions::Lambda m_settings;
    QRegularExpression m_pattern;
    EmulatorOptions::LambdaAuthorizer m_authorizer;
    quint64 m_lastCall = 0;
    quint64 m_firstCurrentCall = 1; //!< those before it ask an authorizer that was replaced
    qsizetype m_waiting = 0; //!< answers that somebody waits for
    std::map<quint64, Call> m_calls;
    QHash<QString, quint64> m_shared; //!< calls that others may wait for, by key
    QCache<QString, Kept> m_kept; //!< by key
};

} // namespace AppSync::Emulation
