// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlresultview.h"

#include "app/ui/jsonformatter.h"
#include "app/ui/wording.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QVariantMap errorMap(const AppSync::GraphQlError &error)
{
    const QString place = error.line > 0 ? u"%1:%2"_s.arg(error.line).arg(error.column) : QString();
    return {{u"type"_s, error.type},
            {u"message"_s, error.message},
            {u"path"_s, error.pathText()},
            {u"place"_s, place}};
}

QString requestOf(const GraphQlResultLog::Entry &entry)
{
    const QString variables = QString::fromUtf8(entry.variables);
    return variables.isEmpty() ? entry.document
                               : entry.document.trimmed() + u"\n\n# "_s
            + GraphQlResultView::tr("Variables") + u"\n"_s + variables;
}

} // namespace

GraphQlResultView::GraphQlResultView(GraphQlResultLog *log, QObject *parent)
    : QObject(parent), m_log(log)
{
    connect(log, &GraphQlResultLog::currentChanged, this, [this] {
        m_formatLarge = false;
        update();
    });
    connect(log, &GraphQlResultLog::runningChanged, this, &GraphQlResultView::update);
}

const GraphQlResultLog::Entry *GraphQlResultView::entry() const
{
    const int row = m_log->current();
    return row < 0 ? nullptr : &m_log->entry(row);
}

QString GraphQlResultView::title() const
{
    return entry() ? entry()->title : QString();
}

QString GraphQlResultView::summary() const
{
    return entry() ? entry()->summary() : QString();
}

QString GraphQlResultView::requestId() const
{
    return entry() ? entry()->requestId : QString();
}

GraphQlResultLog::Outcome GraphQlResultView::outcome() const
{
    return entry() ? entry()->outcome : GraphQlResultLog::Running;
}

QString GraphQlResultView::failure() const
{
    if (!entry() || !entry()->error.isError() || entry()->outcome != GraphQlResultLog::Failed)
        return {};
    const AppSync::Error &error = entry()->error;
    // What the list of errors says anyway is not said twice.
    return error.serverMessage.isEmpty() || !entry()->errors.isEmpty()
        ? error.message
        : tr("%1 “%2”").arg(error.message, error.serverMessage);
}

QString GraphQlResultView::nextStep() const
{
    return failure().isEmpty() ? QString() : entry()->error.nextStep;
}

QVariantList GraphQlResultView::errors() const
{
    QVariantList list;
    if (!entry())
        return list;
    for (const AppSync::GraphQlError &error : entry()->errors) {
        if (list.size() == kErrorsShown)
            break;
        list += errorMap(error);
    }
    return list;
}

void GraphQlResultView::setView(View view)
{
    if (m_view == view)
        return;
    m_view = view;
    update();
}

QString GraphQlResultView::remark() const
{
    if (!entry() || entry()->outcome == GraphQlResultLog::Running)
        return {};
    QStringList remarks;
    if (entry()->errors.size() > kErrorsShown)
        remarks += tr("The first %1 of %2 errors are listed; the response has all.")
                       .arg(QString::number(kErrorsShown), Wording::count(entry()->errors.size()));
    if (canFormat())
        remarks += tr("%1 of data, shown as received.").arg(Wording::bytes(entry()->data.size()));
    if (m_view == View::Data && entry()->data.isEmpty()
        && entry()->outcome != GraphQlResultLog::Stopped)
        remarks += entry()->answer.isEmpty() ? tr("There is no answer of GraphQL to show.")
                                             : tr("The answer has no data.");
    return remarks.join(u' ');
}

bool GraphQlResultView::canFormat() const
{
    return m_view == View::Data && !m_formatLarge && entry()
        && entry()->data.size() > kFormatUnaskedLimit;
}

void GraphQlResultView::formatAnyway()
{
    m_formatLarge = true;
    update();
}

void GraphQlResultView::copyView()
{
    copyText(text());
}

void GraphQlResultView::copyRequestId()
{
    copyText(requestId());
}

void GraphQlResultView::copyText(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(tr("Copied %1").arg(Wording::bytes(text.toUtf8().size())));
}

QString GraphQlResultView::textOf(const GraphQlResultLog::Entry &entry) const
{
    switch (m_view) {
    case View::Response:
        return entry.evidence.frame ? entry.evidence.text() : QString::fromUtf8(entry.answer);
    case View::Request:
        return requestOf(entry);
    case View::Data:
        break;
    }
    const QString data = QString::fromUtf8(entry.data);
    const QString indented = canFormat() ? QString() : JsonFormatter::indented(data);
    return indented.isEmpty() ? data : indented; // too deep to be laid out
}

void GraphQlResultView::update()
{
    const QString text = entry() ? textOf(*entry()) : QString();
    if (text != m_lines.text()) { // else it stays where it was scrolled to
        m_lines.setText(text, m_view != View::Request);
        SearchSubject subject;
        subject.kind = SearchSubject::Kind::Text;
        subject.text = text;
        m_search.setSubject(subject);
    }
    Q_EMIT changed();
}

} // namespace Syncscope
