// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/graphqlproblemmodel.h"
#include "app/ui/texthighlighter.h"

namespace Syncscope {

//! Colours GraphQL in a TextArea, and underlines what is wrong with it.
class GraphQlHighlighter : public Syncscope::TextHighlighter {
    Q_OBJECT
    QML_ELEMENT
    //! What is underlined.
    Q_PROPERTY(Syncscope::GraphQlProblemModel *problems READ problems WRITE setProblems NOTIFY
                   problemsChanged FINAL)

public:
    using TextHighlighter::TextHighlighter;

    [[nodiscard]] GraphQlProblemModel *problems() const { return m_problems; }
    void setProblems(GraphQlProblemModel *problems);

Q_SIGNALS:
    void problemsChanged();

protected:
    void highlightBlock(const QString &text) override;

private:
    void colorTokens(const QString &text);
    void markProblems(const QString &text);
    void onReset();
    void refreshSoon(const QList<int> &positions);

    QPointer<GraphQlProblemModel> m_problems;
    QList<int> m_marked; //!< positions that are underlined now
};

} // namespace Syncscope
