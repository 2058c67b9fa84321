// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/graphqlresultlog.h"

#include <QVariantList>

namespace Syncscope {

//! What the inspector says about the chosen result. Large answers are not formatted unasked, and what is on the
//! screen is bounded; copying always gives everything.
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
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    //! What is shown, where that is not simply everything.
    Q_PROPERTY(QString remark READ remark NOTIFY changed FINAL)
    Q_PROPERTY(bool canFormat READ canFormat NOTIFY changed FINAL)
    Q_PROPERTY(bool colored READ isColored NOTIFY changed FINAL)

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
    [[nodiscard]] QString text() const { return m_shown; }
    [[nodiscard]] QString remark() const;
    [[nodiscard]] bool canFormat() const;
    [[nodiscard]] bool isColored() const;

    //! All of the present view, also what is not on the screen.
    Q_INVOKABLE void copyView();
    Q_INVOKABLE void copyRequestId();
    //! Indents even a large answer.
    Q_INVOKABLE void formatAnyway();

    static constexpr qsizetype kFormatUnaskedLimit = 256 * 1024;
    static constexpr qsizetype kShownLimit = 1'000'000;
    static constexpr int kErrorsShown = 20;

Q_SIGNALS:
    void changed();
    void copied(const QString &what);

private:
    [[nodiscard]] const GraphQlResultLog::Entry *entry() const;
    void update();
    void copy(const QString &text);

    GraphQlResultLog *m_log;
    QString m_full;
    QString m_shown;
    View m_view = View::Data;
    bool m_formatLarge = false;
};

} // namespace Syncscope
