// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/graphqltokenizer.h"

#include <AppSync/GraphQlSchema>

#include <QList>
#include <QStringList>

namespace Syncscope {

//! In what a place of a document is: found by reading the tokens before it, which may be unfinished or wrong.
class GraphQlPlace {
public:
    enum class Scope {
        Document, //!< between definitions, and in the head of one
        Selections,
        Arguments, //!< of a field or a directive
        Object, //!< an input object as a value
        List, //!< a list as a value
        Variables, //!< their definitions
    };

    //! Reads the \a tokens of \a text, of which the last one ends before the place.
    GraphQlPlace(QStringView text, const QList<GraphQlToken> &tokens,
                 const AppSync::GraphQl::Schema &schema);

    [[nodiscard]] Scope scope() const { return m_frames.last().scope; }
    //! Selections: what is selected from; else null.
    [[nodiscard]] const AppSync::GraphQl::TypeDefinition *type() const
    {
        return m_frames.last().type;
    }
    //! Arguments, Object: what may be given; else null.
    [[nodiscard]] const QList<AppSync::GraphQl::InputValueDefinition> *inputs() const
    {
        return m_frames.last().inputs;
    }
    //! Arguments, Object: the names that were given before.
    [[nodiscard]] const QStringList &given() const { return m_frames.last().given; }
    //! A value is expected here.
    [[nodiscard]] bool isValue() const { return m_frames.last().isValue; }
    //! Of what; null: not known.
    [[nodiscard]] const AppSync::GraphQl::InputValueDefinition *input() const
    {
        return m_frames.last().input;
    }
    //! A type is expected: behind `on`, or behind the colon of a variable's definition.
    [[nodiscard]] bool isType() const { return m_isType; }
    [[nodiscard]] bool isAfterSpread() const { return m_isAfterSpread; }
    //! Document: a definition has begun.
    [[nodiscard]] bool isInHead() const { return m_isInHead; }
    //! Of the operation that the place is in, as far as they are defined before it; with their `$`.
    [[nodiscard]] const QStringList &variables() const { return m_variables; }
    //! Of the whole document.
    [[nodiscard]] static QStringList fragmentNames(QStringView text,
                                                   const QList<GraphQlToken> &tokens);

private:
    struct Frame {
        Scope scope = Scope::Document;
        const AppSync::GraphQl::TypeDefinition *type = nullptr;
        const QList<AppSync::GraphQl::InputValueDefinition> *inputs = nullptr;
        const AppSync::GraphQl::InputValueDefinition *input = nullptr;
        QStringList given = {};
        bool isValue = false;
    };

    void read(const GraphQlToken &token, bool isLabel);
    void readInDocument(const GraphQlToken &token);
    void readInSelections(const GraphQlToken &token, bool isLabel);
    void readInInputs(const GraphQlToken &token, bool isLabel);
    void readInVariables(const GraphQlToken &token);
    void openSelections();
    void openArguments();
    void openObject();
    void pop();

    QStringView m_text;
    AppSync::GraphQl::Schema m_schema;
    QList<Frame> m_frames{Frame()};
    const AppSync::GraphQl::TypeDefinition *m_next = nullptr; //!< of the next `{`
    const AppSync::GraphQl::FieldDefinition *m_field = nullptr; //!< of the next `(`
    const AppSync::GraphQl::DirectiveDefinition *m_directive = nullptr; //!< likewise
    QStringList m_variables;
    bool m_isType = false;
    bool m_isAfterSpread = false;
    bool m_isInHead = false;
};

} // namespace Syncscope
