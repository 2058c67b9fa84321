// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/interaction.h"
#include "../core/reply.h"

#include <QPointer>

#include <chrono>

namespace AppSync {

//! What the sources of tokens and of AWS credentials share. A source never shows anything itself: where it
//! needs a person it says so with interactionRequired(), and fails in words if nobody listens. One source may
//! serve several authorizers and clients of its thread; what it renews reaches them all.
class APPSYNC_EXPORT InteractiveSource : public QObject {
    Q_OBJECT

public:
    //! How long a person has to answer before the source gives up.
    static constexpr std::chrono::minutes kPatience{5};

    explicit InteractiveSource(QObject *parent = nullptr);

    //! What was given last was refused: forget it. True if the next answer can be another one.
    virtual bool invalidate() { return false; }
    //! What it is, for people: "profile dev (SSO)", "user pool eu-west-1_AbCd12345", …
    [[nodiscard]] virtual QString displayName() const = 0;
    //! For a source that works for another one, \a outer: whoever listens to that one is asked.
    void setOuter(InteractiveSource *outer) { m_outer = outer; }

Q_SIGNALS:
    //! Show \a interaction, which the source owns; it lives until its closed() has been handled.
    void interactionRequired(AppSync::Interaction *interaction);

protected:
    //! Whether anybody would see an interaction.
    [[nodiscard]] bool hasAudience() const;
    //! The error where nobody would: \a what is needed.
    [[nodiscard]] Error nobodyToAsk(const QString &what) const;
    //! Shows \a interaction, unless it has been closed; its deadline is kPatience from now unless it has one.
    void show(Interaction *interaction);

private:
    QPointer<InteractiveSource> m_outer;
};

} // namespace AppSync
