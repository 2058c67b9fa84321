// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/frameinspector.h"

#include "app/ui/jsonformatter.h"
#include "app/ui/wording.h"

#include <AppSync/Validation>

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

bool isJson(const QString &text)
{
    return !AppSync::Validation::json(text.toUtf8()).isProblem();
}

QString kindName(FrameRecord::Kind kind, qsizetype events)
{
    switch (kind) {
    case FrameRecord::Kind::Event:
        return FrameInspector::tr("Event");
    case FrameRecord::Kind::Publish:
        return events == 1 ? FrameInspector::tr("Publish")
                           : FrameInspector::tr("Publish, %1 events").arg(events);
    case FrameRecord::Kind::Answer:
        return FrameInspector::tr("Answer");
    case FrameRecord::Kind::Request:
        return FrameInspector::tr("Request");
    case FrameRecord::Kind::Result:
        return FrameInspector::tr("Result");
    case FrameRecord::Kind::Failure:
        return FrameInspector::tr("Error");
    case FrameRecord::Kind::Link: // has a title of its own
    case FrameRecord::Kind::Control:
        break;
    }
    return FrameInspector::tr("Control");
}

} // namespace

FrameInspector::FrameInspector(FrameSource *source, FrameModel *model, QObject *parent)
    : QObject(parent), m_source(source), m_model(model)
{
    connect(source, &FrameSource::amended, this, &FrameInspector::onAmended);
    connect(model, &FrameModel::selectionChanged, this, &FrameInspector::onSelectionChanged);
    connect(model, &FrameModel::countChanged, this, &FrameInspector::canSelectChanged);
}

QString FrameInspector::title() const
{
    if (!m_record)
        return {};
    if (m_record->note())
        return u"#%1 · %2"_s.arg(QString::number(m_record->number), tr("Connection"));
    return u"#%1 · %2 · %3"_s.arg(QString::number(m_record->number),
                                  kindName(m_record->kind, m_record->payloads().size()),
                                  m_record->frame.type);
}

QString FrameInspector::channel() const
{
    if (!m_record)
        return {};
    return m_record->note() ? m_record->note()->title() : m_record->channel;
}

QString FrameInspector::timeText() const
{
    if (!m_record)
        return {};
    const QDateTime at = m_record->at().toLocalTime();
    const bool today = at.date() == QDate::currentDate();
    return at.toString(today ? u"HH:mm:ss.zzz"_s : u"yyyy-MM-dd HH:mm:ss.zzz"_s);
}

QString FrameInspector::sizeText() const
{
    return hasFrame() ? Wording::bytes(m_record->bytes()) : QString();
}

FrameInspector::View FrameInspector::view() const
{
    const bool isUnformatted = m_view == View::Pretty && isLarge() && !m_formatLarge;
    const bool isNoTree = m_view == View::Tree && !m_isJson;
    return isUnformatted || isNoTree ? View::Raw : m_view;
}

void FrameInspector::setView(View view)
{
    m_view = view;
    m_formatLarge = view == View::Pretty;
    update();
}

QString FrameInspector::remark() const
{
    if (!hasFrame())
        return {};
    QStringList remarks;
    if (canFormat())
        remarks += tr("%1 of payload, shown as received.").arg(sizeText());
    if (isTruncated()) {
        remarks += tr("The first %1 of %2 characters are shown; copying takes all.")
                       .arg(Wording::count(m_shown.size()), Wording::count(m_full.size()));
    }
    if (view() == View::Diff) {
        remarks += m_compared > 0
            ? tr("Compared with #%1%2. The same: %3.")
                  .arg(QString::number(m_compared),
                       m_compared == m_pinned ? tr(", which is pinned")
                                              : tr(", the one before on the channel"),
                       Wording::count(m_diff.same()))
            : tr("There is no earlier event of this channel to compare with, or one of them is no "
                 "JSON. Pin an event to compare others with it.");
    } else if (view() != View::Frame && m_record->payloads().isEmpty()) {
        remarks += tr("This frame carries no event: the frame itself is shown.");
    } else if ((m_view == View::Pretty || m_view == View::Tree) && !m_isJson) {
        remarks += tr("The payload is not JSON: it is shown as received.");
    }
    return remarks.join(u' ');
}

bool FrameInspector::canPin() const
{
    return hasFrame() && m_record->kind == FrameRecord::Kind::Event;
}

void FrameInspector::togglePin()
{
    if (!canPin())
        return;
    m_pinned = m_pinned == m_record->number ? 0 : m_record->number;
    update();
}

void FrameInspector::filterBy(const QString &filter)
{
    m_model->filter()->setText(filter);
    m_model->filter()->apply();
}

void FrameInspector::showAsColumn(const QString &path)
{
    (void)m_model->columns()->addPath(path);
}

bool FrameInspector::canFormat() const
{
    return m_record && m_view == View::Pretty && isLarge() && !m_formatLarge;
}

bool FrameInspector::isColored() const
{
    return m_isJson && m_shown.size() <= kFormatUnaskedLimit;
}

void FrameInspector::copyPayload()
{
    if (m_record)
        copy(payloadText());
}

void FrameInspector::copyView()
{
    if (!m_record)
        return;
    copy(view() == View::Hex ? m_hex.text() : view() == View::Diff ? m_diff.text() : m_full);
}

void FrameInspector::selectNewest()
{
    m_model->select(m_model->count() - 1);
}

void FrameInspector::dismiss()
{
    m_model->clearSelection();
}

void FrameInspector::onSelectionChanged()
{
    const auto number = qint64(m_model->selectedNumber());
    m_record.reset();
    if (number > 0 && m_source->contains(number))
        m_record = m_source->record(number);
    m_formatLarge = false;
    update();
}

void FrameInspector::onAmended(qint64 number)
{
    if (m_record && m_record->number == number)
        onSelectionChanged();
}

void FrameInspector::update()
{
    m_isJson = true;
    m_compared = 0;
    m_full = m_record ? shownText() : QString();
    // What is shown was set once, not emptied and filled: views make their rows in between.
    if (!hasFrame() || m_view != View::Tree)
        m_tree.setTexts({}, false);
    if (!hasFrame() || m_view != View::Hex)
        m_hex.setBytes({});
    if (m_compared == 0)
        m_diff.clear();
    m_shown = Wording::beginning(m_full, kShownLimit);
    Q_EMIT changed();
}

//! The present view as text; fills those that are none.
QString FrameInspector::shownText()
{
    if (m_record->note()) {
        m_isJson = false;
        return m_record->note()->explanation();
    }
    if (m_view == View::Tree) {
        const QList<QByteArray> parts = jsonParts();
        m_isJson = !parts.isEmpty();
        m_tree.setTexts(parts, m_record->isResult());
    }
    switch (view()) {
    case View::Tree:
    case View::Raw:
        return payloadText();
    case View::Pretty:
        return prettyText();
    case View::Hex:
        m_hex.setBytes(payloadText().toUtf8());
        return {};
    case View::Diff:
        compare();
        return {};
    case View::Frame:
        break;
    }
    return m_record->frame.text;
}

//! The payloads, or the frame where there is none.
QStringList FrameInspector::parts() const
{
    const QStringList events = m_record->payloads();
    return events.isEmpty() ? QStringList{m_record->frame.text} : events;
}

//! The same for the tree; none if one is no JSON.
QList<QByteArray> FrameInspector::jsonParts() const
{
    QList<QByteArray> texts;
    const QStringList all = parts();
    for (const QString &part : all) {
        if (!isJson(part))
            return {};
        texts += part.toUtf8();
    }
    return texts;
}

//! The record that this one is compared with; 0: there is none.
qint64 FrameInspector::comparable() const
{
    if (m_record->kind != FrameRecord::Kind::Event)
        return 0;
    if (m_pinned > 0 && m_pinned != m_record->number && m_source->contains(m_pinned))
        return m_pinned;
    const QString channel = m_record->channel;
    const qint64 first = std::max(m_source->begin(), m_record->number - kDiffReach);
    for (qint64 number = m_record->number - 1; number >= first; --number) {
        const FrameRecord &earlier = m_source->record(number);
        if (earlier.kind == FrameRecord::Kind::Event && earlier.channel == channel)
            return number;
    }
    return 0;
}

void FrameInspector::compare()
{
    const qint64 other = comparable();
    if (other == 0)
        return;
    const QStringList before = m_source->record(other).payloads();
    const QStringList after = m_record->payloads();
    if (before.isEmpty() || after.isEmpty() || !isJson(before.first()) || !isJson(after.first()))
        return;
    m_diff.compare(before.first().toUtf8(), after.first().toUtf8());
    m_compared = other;
}

QString FrameInspector::prettyText()
{
    QStringList texts = parts();
    for (QString &text : texts) {
        if (isJson(text))
            text = JsonFormatter::indented(text);
        else
            m_isJson = false;
    }
    return texts.join(u"\n\n"_s);
}

QString FrameInspector::payloadText() const
{
    if (m_record->note())
        return m_record->note()->explanation();
    return parts().join(u'\n');
}

bool FrameInspector::isLarge() const
{
    return m_record && m_record->bytes() > kFormatUnaskedLimit;
}

void FrameInspector::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(tr("Copied %1").arg(Wording::bytes(text.toUtf8().size())));
}

} // namespace Syncscope
