// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/graphqlresultlog.h"
#include "app/ui/inspect/textlines.h"
#include "app/ui/inspect/textsearch.h"

#include <QVariantList>

namespace Syncscope {

//! What the inspector says about the chosen result: all of it, by rows. Large answers are not formatted unasked.
class GraphQlResultView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a draft")
    Q_PROPERTY(bool hasResult READ hasResult NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(QString requestId READ requestId NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::GraphQlResultLog::Outcome outcome READ outcome NOTIFY changed FINAL)
    //! Why it failed as a whole: the sentence and the next step.
    Q_PROPERTY(QString failure READ failure NOTIFY changed FINAL)
    Q_PROPERTY(QString nextStep READ nextStep NOTIFY changed FINAL)
    //! Of single fields: maps with type, message, path and place.
    Q_PROPERTY(QVariantList errors READ errors NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::GraphQlResultView::View view READ view WRITE setView NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::TextLines *lines READ lines CONSTANT FINAL)
    Q_PROPERTY(Syncscope::TextSearch *search READ search CONSTANT FINAL)
    //! What is shown, where that is not simply everything.
    Q_PROPERTY(QString remark READ remark NOTIFY changed FINAL)
    Q_PROPERTY(bool canFormat READ canFormat NOTIFY changed FINAL)

public:
    enum class View {
        Data, //!< indented
        Response, //!< all of it, as received
        Request, //!< document and variables, as sent
    };
    Q_ENUM(View)

    explicit GraphQlResultView(GraphQlResultLog *log, QObject *parent = nullptr);

    [[nodiscard]] bool hasResult() const { return entry() != nullptr; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString requestId() const;
    [[nodiscard]] GraphQlResultLog::Outcome outcome() const;
    [[nodiscard]] QString failure() const;
    [[nodiscard]] QString nextStep() const;
    [[nodiscard]] QVariantList errors() const;
    [[nodiscard]] View view() const { return m_view; }
    void setView(View view);
    [[nodiscard]] TextLines *lines() { return &m_lines; }
    [[nodiscard]] TextSearch *search() { return &m_search; }
    //! Of the present view.
    [[nodiscard]] const QString &text() const { return m_lines.text(); }
    [[nodiscard]] QString remark() const;
    [[nodiscard]] bool canFormat() const;

    //! All of the present view.
    Q_INVOKABLE void copyView();
    Q_INVOKABLE void copyText(const QString &text);
    Q_INVOKABLE void copyRequestId();
    //! Indents even a large answer.
    Q_INVOKABLE void formatAnyway();

    static constexpr qsizetype kFormatUnaskedLimit = 256 * 1024;
    static constexpr int kErrorsShown = 20;

Q_SIGNALS:
    void changed();
    void copied(const QString &what);

private:
    [[nodiscard]] const GraphQlResultLog::Entry *entry() const;
    void update();
    [[nodiscard]] QString textOf(const GraphQlResultLog::Entry &entry) const;

    GraphQlResultLog *m_log;
    TextLines m_lines;
    TextSearch m_search;
    View m_view = View::Data;
    bool m_formatLarge = false;
};

} // namespace Syncscope
