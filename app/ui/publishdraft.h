// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/texttemplate.h"
#include "app/ui/publishlog.h"

#include <AppSync/EventsClient>
#include <AppSync/Validation>

#include <QObject>
#include <QPointer>
#include <QtQml/qqml.h>

namespace Syncscope {

//! What is written in the composer: judged while it is typed, sent on demand, never lost. It outlives
//! sessions.
class PublishDraft : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(QString channel READ channel WRITE setChannel NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::PublishDraft::Shape shape READ shape WRITE setShape NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::PublishDraft::Via via READ via WRITE setVia NOTIFY changed FINAL)

    //! What is wrong, in words; empty: nothing.
    Q_PROPERTY(QString channelProblem READ channelProblem NOTIFY changed FINAL)
    Q_PROPERTY(QString textProblem READ textProblem NOTIFY changed FINAL)
    //! Where the text stops being JSON, in characters; -1: nowhere.
    Q_PROPERTY(int problemPosition READ problemPosition NOTIFY changed FINAL)
    //! A limit of the service that the draft breaks: refused here unless sendAnyway().
    Q_PROPERTY(QString limitProblem READ limitProblem NOTIFY changed FINAL)
    //! Close to a limit, or an array that goes out as one event: worth a word, no obstacle.
    Q_PROPERTY(QString hint READ hint NOTIFY changed FINAL)
    Q_PROPERTY(int eventCount READ eventCount NOTIFY changed FINAL)
    Q_PROPERTY(int eventLimit READ eventLimit CONSTANT FINAL)
    Q_PROPERTY(QString sizeText READ sizeText NOTIFY changed FINAL)
    //! Of the largest event, against the limit; above 1 is too large.
    Q_PROPERTY(double sizeShare READ sizeShare NOTIFY changed FINAL)
    Q_PROPERTY(bool canSend READ canSend NOTIFY changed FINAL)
    Q_PROPERTY(bool canSendAnyway READ canSendAnyway NOTIFY changed FINAL)
    Q_PROPERTY(bool hasClient READ hasClient NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::PublishLog *results READ results CONSTANT FINAL)

public:
    //! How a top-level array is meant.
    enum class Shape { OneEvent, Batch };
    Q_ENUM(Shape)
    enum class Via { WebSocket, Http };
    Q_ENUM(Via)

    explicit PublishDraft(QObject *parent = nullptr);

    //! Where send() goes; null: nowhere. \a claims fill in `{{sub}}` and `{{claim.NAME}}` in channel and text.
    void setClient(AppSync::EventsClient *client, const ClaimsSource &claims = {});
    //! Judges anew: the claims have changed.
    void refresh() { judge(); }

    [[nodiscard]] QString channel() const { return m_channel; }
    void setChannel(const QString &channel);
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] Shape shape() const { return m_shape; }
    void setShape(Shape shape);
    [[nodiscard]] Via via() const { return m_via; }
    void setVia(Via via);

    [[nodiscard]] QString channelProblem() const { return m_channelProblem; }
    [[nodiscard]] QString textProblem() const { return m_textProblem; }
    [[nodiscard]] int problemPosition() const { return m_problemPosition; }
    [[nodiscard]] QString limitProblem() const { return m_limitProblem; }
    [[nodiscard]] QString hint() const { return m_hint; }
    [[nodiscard]] int eventCount() const { return int(m_events.size()); }
    [[nodiscard]] int eventLimit() const { return int(AppSync::Limits::kEventsPerPublish); }
    [[nodiscard]] QString sizeText() const;
    [[nodiscard]] double sizeShare() const;
    [[nodiscard]] bool canSend() const;
    [[nodiscard]] bool canSendAnyway() const;
    [[nodiscard]] bool hasClient() const { return !m_client.isNull(); }
    [[nodiscard]] PublishLog *results() { return &m_results; }

    //! Does nothing unless canSend().
    Q_INVOKABLE void send();
    //! Sends what breaks a limit, to see the service's own answer.
    Q_INVOKABLE void sendAnyway();
    //! Indents the text; only white space changes. Does nothing where it is no JSON.
    Q_INVOKABLE void format();

Q_SIGNALS:
    void changed();

private:
    void judge();
    void judgeChannel();
    void judgeText();
    void fillIn();
    void judgeLimits();
    void publish(bool check);
    [[nodiscard]] QString positionText(qsizetype position) const;
    [[nodiscard]] qsizetype largestEvent() const;

    QPointer<AppSync::EventsClient> m_client;
    PublishLog m_results;
    ClaimsSource m_claims;
    QString m_channel;
    QString m_filledChannel; //!< as it would be sent
    QString m_text;
    QList<QByteArray> m_events; //!< as they would be sent
    QString m_channelProblem;
    QString m_textProblem;
    QString m_limitProblem;
    QString m_hint;
    int m_problemPosition = -1;
    Shape m_shape = Shape::OneEvent;
    Via m_via = Via::WebSocket;
};

} // namespace Syncscope
