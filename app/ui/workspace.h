// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/connectionform.h"
#include "app/ui/publishdraft.h"
#include "app/ui/sandbox.h"
#include "app/ui/session.h"

#include <QObject>
#include <QtQml/qqml.h>

#include <memory>

namespace Syncscope {

//! The root of what the window shows: the connection form, the open session, the draft.
class Workspace : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Syncscope::ConnectionForm *form READ form CONSTANT FINAL)
    Q_PROPERTY(Syncscope::PublishDraft *draft READ draft CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Session *session READ session NOTIFY sessionChanged FINAL)
    //! True while the page with the ways to connect is shown.
    Q_PROPERTY(bool choosing READ isChoosing NOTIFY choosingChanged FINAL)
    Q_PROPERTY(
        Syncscope::Notice sandboxProblem READ sandboxProblem NOTIFY sandboxProblemChanged FINAL)
    Q_PROPERTY(QString version READ version CONSTANT FINAL)

public:
    explicit Workspace(QObject *parent = nullptr);
    ~Workspace() override;

    [[nodiscard]] ConnectionForm *form() { return &m_form; }
    [[nodiscard]] PublishDraft *draft() { return &m_draft; }
    [[nodiscard]] Session *session() const { return m_session.get(); }
    [[nodiscard]] Sandbox *sandbox() { return &m_sandbox; }
    [[nodiscard]] bool isChoosing() const { return m_choosing; }
    [[nodiscard]] Notice sandboxProblem() const { return m_sandbox.problem(); }
    [[nodiscard]] QString version() const;

    //! Starts the local AppSync, connects to it and subscribes to the demo.
    Q_INVOKABLE void openSandbox();
    //! Connects to what the form says; does nothing unless the form can connect.
    Q_INVOKABLE void openForm();
    //! Shows the ways to connect; the session stays.
    Q_INVOKABLE void choose();
    //! Back to the session, if there is one.
    Q_INVOKABLE void cancelChoosing();

Q_SIGNALS:
    void sessionChanged();
    void choosingChanged();
    void sandboxProblemChanged();

private:
    void start(std::unique_ptr<Session> session);
    void setChoosing(bool choosing);

    ConnectionForm m_form;
    PublishDraft m_draft;
    Sandbox m_sandbox;
    std::unique_ptr<Session> m_session;
    bool m_choosing = true;
};

} // namespace Syncscope
