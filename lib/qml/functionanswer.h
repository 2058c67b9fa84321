// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Error>

#include <QJSEngine>
#include <QJSValue>
#include <QPointer>

#include <functional>

namespace AppSyncQml {

//! What a JavaScript function of the caller's answers with, at once or later: the last argument that it gets.
//! It belongs to JavaScript, so that an answer that comes after everything else is gone does nothing.
class FunctionAnswer : public QObject {
    Q_OBJECT

public:
    //! Takes the answer, and returns what is wrong with it; an empty text if it is taken.
    using Take = std::function<QString(const QJSValue &value)>;
    using Fail = std::function<void(const AppSync::Error &error)>;

    //! Both functions are called as long as \a reply lives, and once at most.
    FunctionAnswer(QObject *reply, Take take, Fail fail);

    //! \a value as JavaScript sees it in the engine of \a element; undefined without an engine.
    template <class Value> static QJSValue script(const QObject *element, const Value &value)
    {
        QJSEngine *engine = engineOf(element);
        return engine ? engine->toScriptValue(value) : QJSValue();
    }
    //! Calls \a function with \a arguments and \a answer, which JavaScript owns from then on. A value that it
    //! returns is the answer; of a promise, the value that it comes to. \a owner is the element that it stands
    //! in.
    static void call(const QJSValue &function, const QObject *owner, QJSValueList arguments,
                     FunctionAnswer *answer);

    //! The answer.
    Q_INVOKABLE void succeed(const QJSValue &value);
    //! There is none, since \a message. \a isRetryable: trying again later may help.
    Q_INVOKABLE void fail(const QString &message, bool isRetryable = false);

private:
    [[nodiscard]] static QJSEngine *engineOf(const QObject *element);
    void end(const AppSync::Error &error);

    QPointer<QObject> m_reply;
    Take m_take;
    Fail m_fail;
};

} // namespace AppSyncQml
