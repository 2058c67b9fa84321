// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <QList>
#include <QProcessEnvironment>

#include <functional>
#include <optional>

namespace Syncscope {

//! Text with `{{name}}` in it. Everything else, single braces included, stays as it is.
class TextTemplate {
public:
    //! A piece is literal text, or, where name is not empty, a place to fill in.
    struct Piece {
        QByteArray literal;
        QString name;
    };

    TextTemplate() = default;
    explicit TextTemplate(const QByteArray &text);

    [[nodiscard]] const QList<Piece> &pieces() const { return m_pieces; }
    [[nodiscard]] QByteArray
    fill(const std::function<QByteArray(const QString &name)> &value) const;

private:
    QList<Piece> m_pieces;
};

//! The events of `publish --template`: `{{seq}}` counts events from 1, `{{now}}` is the time in UTC,
//! `{{uuid}}` a random UUID, `{{env.NAME}}` a variable of the environment. What is filled in is escaped
//! for a JSON string.
class EventTemplate {
public:
    //! Nothing if \a text names something unknown or an unset variable; \a problem says which.
    static std::optional<EventTemplate>
    parse(const QByteArray &text, const QProcessEnvironment &environment, Problem *problem);

    [[nodiscard]] QByteArray event(qint64 seq) const;

private:
    TextTemplate m_template;
    QProcessEnvironment m_environment;
};

} // namespace Syncscope
