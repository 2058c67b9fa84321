// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <AppSync/JwtClaims>

#include <QList>
#include <QProcessEnvironment>

#include <functional>
#include <optional>

namespace Syncscope {

//! Text with `{{name}}` in it; a name may be a path as filters write it: `{{event.list[0]."a b"}}`. Everything
//! else, single braces included, stays as it is.
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

//! What templates are filled in from.
class TemplateValues {
public:
    QProcessEnvironment environment;
    AppSync::JwtClaims claims = {}; //!< of the token in use; not valid: there is none

    //! Whether \a name is one of `seq`, `now`, `uuid`, `sub`, `env.…` and `claim.…`.
    [[nodiscard]] static bool isKnown(const QString &name);
    //! Why there is no value for the place \a name; none: there is one.
    [[nodiscard]] Problem check(const QString &name) const;
    //! The value, escaped for a JSON string; \a name has passed check().
    [[nodiscard]] QByteArray value(const QString &name, qint64 seq) const;
};

//! \a text with `{{sub}}` and `{{claim.NAME}}` filled in from \a claims; other places stay. Nothing if a claim
//! is not there; \a problem says which.
[[nodiscard]] std::optional<QString> withClaims(const QString &text,
                                                const AppSync::JwtClaims &claims, Problem *problem);
//! The claims of the token in use, whenever they are needed; not valid: there is none.
using ClaimsSource = std::function<AppSync::JwtClaims()>;
//! The same with claims of \a source; one that is empty has none.
[[nodiscard]] std::optional<QString> withClaimsOf(const QString &text, const ClaimsSource &source,
                                                  Problem *problem);
//! True if \a text has such a place.
[[nodiscard]] bool needsClaims(const QString &text);
//! Likewise \a json, with what is filled in escaped for a JSON string. Where a claim is not there, its place
//! stays as it is.
[[nodiscard]] QByteArray withClaimsInJson(const QByteArray &json, const AppSync::JwtClaims &claims);

//! The events of `publish --template`: `{{seq}}` counts events from 1, `{{now}}` is the time in UTC,
//! `{{uuid}}` a random UUID, `{{env.NAME}}` a variable of the environment, `{{claim.NAME}}` a claim of the
//! token in use, `{{sub}}` short for the claim `sub`. What is filled in is escaped for a JSON string.
class EventTemplate {
public:
    //! Nothing if \a text names something unknown, an unset variable or a claim that is not there; \a problem
    //! says which.
    static std::optional<EventTemplate> parse(const QByteArray &text, const TemplateValues &values,
                                              Problem *problem);

    [[nodiscard]] QByteArray event(qint64 seq) const;

private:
    TextTemplate m_template;
    TemplateValues m_values;
};

} // namespace Syncscope
