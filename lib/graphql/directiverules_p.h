// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnostics_p.h"

#include <QHash>

namespace AppSync::GraphQl {

//! The rules about directives and about arguments, which operations and type systems have in common.
class DirectiveRules {
public:
    //! Those that were used at one place.
    using Seen = QHash<QString, Position>;

    explicit DirectiveRules(Diagnostics &diagnostics) : m_diagnostics(diagnostics) { }

    //! Makes a directive known, instead of another one of its name.
    void define(const DirectiveDefinition &directive);
    //! Checks \a directives, which stand at \a location, such as `FIELD`.
    void check(const QList<Directive> &directives, const QString &location);
    //! The same where several definitions make one place.
    void check(const QList<Directive> &directives, const QString &location, Seen &seen);
    //! Reports arguments of the same name.
    void checkUnique(const QList<Argument> &arguments);
    //! Reports fields of the same name in the objects of \a value.
    void checkUniqueFields(const Value &value);

private:
    void checkOne(const Directive &directive, const QString &location);
    void checkArguments(const Directive &directive, const DirectiveDefinition &definition);

    Diagnostics &m_diagnostics;
    QHash<QString, const DirectiveDefinition *> m_known;
};

} // namespace AppSync::GraphQl
