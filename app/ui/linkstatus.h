// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/notice.h"

#include <AppSync/Client>

#include <QObject>
#include <QtQml/qqml.h>
#include <QVariantList>

#include <array>
#include <optional>

namespace Syncscope {

//! Where a connection stands, in words: how far it came, since when, what went wrong first and last, what
//! comes next.
class LinkStatus : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session")
    //! The four steps to a live connection, each a map of `name`, `mark` (a Mark) and `text`.
    Q_PROPERTY(QVariantList stages READ stages NOTIFY changed FINAL)
    //! What is going on, since when, and how long it may take.
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed FINAL)
    //! When the next attempt comes; empty where none is planned.
    Q_PROPERTY(QString nextText READ nextText NOTIFY changed FINAL)
    Q_PROPERTY(bool canTryNow READ canTryNow NOTIFY changed FINAL)
    //! What began the trouble, and what failed last where that is something else.
    Q_PROPERTY(Syncscope::Notice cause READ cause NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::Notice latest READ latest NOTIFY changed FINAL)
    //! The upgrade request as it would go out now, credentials masked; empty until describe() was answered.
    Q_PROPERTY(QString request READ request NOTIFY requestChanged FINAL)

public:
    enum Mark {
        Ahead, //!< not reached
        Current,
        Done,
        Failed, //!< here the last attempt or connection ended
    };
    Q_ENUM(Mark)

    //! \a client outlives it.
    explicit LinkStatus(AppSync::Client *client, QObject *parent = nullptr);

    [[nodiscard]] QVariantList stages() const;
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString nextText() const;
    [[nodiscard]] bool canTryNow() const;
    [[nodiscard]] Notice cause() const;
    [[nodiscard]] Notice latest() const;
    [[nodiscard]] QString request() const { return m_request; }

    //! The frame that the last failure rests on, if there is one.
    void setFailureFrame(const std::optional<AppSync::Frame> &frame) { m_failureFrame = frame; }
    //! What depends on the time changed.
    void tick();
    //! Brings all of it up to date, and asks for the request.
    Q_INVOKABLE void describe();

Q_SIGNALS:
    void changed();
    void requestChanged();

private:
    static constexpr int kStages = 4;

    void onStateChanged(AppSync::Connection::State state);
    [[nodiscard]] Mark markOf(int stage) const;
    [[nodiscard]] QString stageText(int stage) const;

    AppSync::Client *const m_client;
    std::array<std::optional<qint64>, kStages> m_took; //!< ms that each stage of this attempt took
    std::array<qint64, kStages> m_enteredMs{};
    int m_reached = -1; //!< the stage that the present or last attempt came to
    std::optional<AppSync::Frame> m_failureFrame;
    QString m_request;
};

} // namespace Syncscope
