// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <AppSync/Error>
#include <AppSync/Frame>

#include <QList>

namespace Syncscope::Cli {

//! Standard error: everything that is not data. Secrets that it was told of never pass it.
class Console {
public:
    enum class Level { Quiet, Normal, Verbose };

    Console();
    void setLevel(Level level) { m_level = level; }
    void setColour(bool colour) { m_colour = colour; }
    //! From now on \a secret is shown as `***`.
    void hide(const QString &secret);
    [[nodiscard]] QByteArray masked(QByteArray text) const;
    [[nodiscard]] QString masked(const QString &text) const;
    [[nodiscard]] bool isVerbose() const { return m_level == Level::Verbose; }

    void detail(const QString &text) const; //!< with -v only
    void status(const QString &text) const; //!< not with -q
    void warning(const QString &text) const; //!< not with -q
    void alarm(const QString &text) const; //!< always: a danger that the user chose
    void say(const QString &text) const; //!< always: what a person needs to answer
    void error(const QString &sentence, const QString &hint = {}) const; //!< always
    void error(const AppSync::Error &error) const;
    void error(const Problem &problem) const;
    void frame(const AppSync::Frame &frame) const;

private:
    void write(const QByteArray &colour, const QString &label, const QString &text) const;

    QList<QByteArray> m_secrets;
    Level m_level = Level::Normal;
    bool m_colour = false;
    const bool m_terminal;
};

//! What the service said and what we say, as one or two sentences.
[[nodiscard]] QString fullMessage(const AppSync::Error &error);

//! \a text with what could move a terminal's cursor or turn its text made visible.
[[nodiscard]] QString printable(QString text);

} // namespace Syncscope::Cli
