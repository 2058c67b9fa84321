// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJSValue>
#include <QObject>

namespace AppSync::Handlers {

//! What runtime.js cannot do by itself.
class Native : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    //! The answer to call \a id, a line of JSON. One that comes late, to an earlier call, is not wanted any more.
    Q_INVOKABLE void reply(int id, const QString &line);
    //! Something said to the console in this line (0: unknown).
    Q_INVOKABLE void log(const QString &level, const QString &text, int line);
    Q_INVOKABLE static QString uuid();
    //! So many random numbers below \a bound.
    Q_INVOKABLE static QList<int> random(int count, int bound);
    Q_INVOKABLE static QString base64Encode(const QString &text);
    Q_INVOKABLE static QString base64Decode(const QString &text);
    //! \a format as Java's DateTimeFormatter has it; \a zone empty: UTC. Null: not understood.
    Q_INVOKABLE static QString formatTime(double milliseconds, const QString &format,
                                          const QString &zone);
    //! NaN: \a text does not have this form.
    Q_INVOKABLE static double parseTime(const QString &text, const QString &format,
                                        const QString &zone);
    //! Calls \a function from the event loop.
    Q_INVOKABLE void later(const QJSValue &function, double milliseconds);

    //! Ends once the call under way is answered.
    void waitForReply() const;
    void startCall(int id)
    {
        m_call = id;
        m_isReplied = false;
        m_lines = 0;
    }

    static void writeLine(const QByteArray &line);

private:
    int m_call = 0; //!< the present one
    bool m_isReplied = false;
    int m_lines = 0; //!< of the present call's console output
};

} // namespace AppSync::Handlers
