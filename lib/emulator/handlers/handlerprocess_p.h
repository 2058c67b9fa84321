// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QQueue>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace AppSync::Emulation {

//! One run of the program that executes JavaScript, and the code in it. It is started when there is something
//! to do, killed at the deadline of a call, and started anew for the next one. Each code has its own: what
//! loops, crashes or eats memory delays nobody else's, and no call has to be made twice.
class HandlerProcess : public QObject {
    Q_OBJECT

public:
    struct Settings {
        QString program; //!< empty: findProgram()
        std::chrono::milliseconds deadline{}; //!< of one call
        qint64 memory = 0; //!< bytes
        std::chrono::milliseconds patience{
            30'000}; //!< of a call that waits for others; as long as a request has
    };
    //! Gets what the call answered. `failed` in it is why it did not, `line` where.
    using Answer = std::function<void(const QJsonObject &)>;

    explicit HandlerProcess(const Settings &settings, QObject *parent = nullptr);
    ~HandlerProcess() override;

    //! The program that belongs to this library; empty if it is nowhere.
    [[nodiscard]] static QString findProgram();

    //! \a code takes the place of the present one once the calls before it are answered, if it can be loaded.
    void load(const QString &code);
    //! Whether something is under way or waits.
    [[nodiscard]] bool isBusy() const;
    //! Calls \a answer once, later, unless this is gone by then.
    void call(const QJsonObject &message, const Answer &answer);

Q_SIGNALS:
    //! The code could not be loaded; what was there before stays.
    void loadFailed(int line, const QString &message);
    void logged(const QString &level, const QString &text, int line);
    void idle(); //!< everything is answered

private:
    struct Call {
        int id = 0;
        QByteArray line;
        Answer answer;
        QElapsedTimer age = {};
    };

    void pump();
    void start();
    void send(const Call &call);
    void sendLoad(const QString &code);
    void onOutput();
    void onLine(const QByteArray &line);
    void onLoaded(const QJsonObject &answer);
    void onNotStarted(const QString &why);
    void onEnded(const QString &why);
    void stop(const QString &why);
    [[nodiscard]] QString reasonOfEnd() const;

    const Settings m_settings;
    QProcess m_process;
    QTimer m_deadline;
    QQueue<Call> m_calls;
    qsizetype m_callBytes = 0;
    std::optional<Call> m_current; //!< sent, not answered
    std::optional<QString> m_loading; //!< the code whose load is m_current
    std::optional<QString> m_next; //!< code that waits for its turn
    std::optional<QString> m_good; //!< code that could be loaded
    QString m_problem = QStringLiteral("There is no code"); //!< why there is no m_good
    int m_problemLine = 0;
    QString m_stopReason; //!< why it was killed
    bool m_hasGood = false; //!< the running process has m_good
    int m_lastId = 0;
};

} // namespace AppSync::Emulation
