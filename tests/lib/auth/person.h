// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/InteractiveSource>

#include <QList>
#include <QPointer>
#include <QVariantMap>

#include <functional>
#include <optional>

//! Somebody who answers what a source asks: in the order of `answers`, then as `thinks` says. Nothing as an answer
//! is a "cancel".
class Person : public QObject {
public:
    //! What was shown, kept beyond the life of the interaction.
    struct Shown {
        AppSync::Interaction::Kind kind;
        QString title;
        QString message;
        QString problem;
        QList<AppSync::InteractionField> fields;
        QUrl url;
        QString userCode;
        QDateTime deadline;
    };

    template <class Source, class Signal> void answerTo(Source *source, Signal signal)
    {
        connect(source, signal, this,
                [this](AppSync::Interaction *interaction) { see(interaction); });
    }

    QList<std::optional<QVariantMap>> answers; //!< those to come
    std::function<std::optional<QVariantMap>(const Shown &)>
        thinks; //!< if there are no more answers
    QList<Shown> shown;
    QPointer<AppSync::Interaction> open; //!< that waits, since there are no more answers
    int wrongAnswers = 0; //!< that were not taken, since a field was missing

private:
    void see(AppSync::Interaction *interaction)
    {
        shown.append({interaction->kind(), interaction->title(), interaction->message(),
                      interaction->problem(), interaction->fields(), interaction->url(),
                      interaction->userCode(), interaction->deadline()});
        if (answers.isEmpty() && !thinks) {
            open = interaction;
            return;
        }
        const std::optional<QVariantMap> answer =
            answers.isEmpty() ? thinks(shown.last()) : answers.takeFirst();
        if (!answer)
            interaction->cancel();
        else if (!interaction->answer(*answer))
            ++wrongAnswers;
    }
};
