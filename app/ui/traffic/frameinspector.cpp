// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/frameinspector.h"

#include "app/ui/aside.h"
#include "app/ui/wording.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

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

//! Of a large record it is known without taking its payload out.
bool hasPayload(const FrameRecord &record)
{
    if (record.bytes() > FrameInspector::kFormatUnaskedLimit)
        return !record.isRoutine() && record.kind != FrameRecord::Kind::Failure;
    return !record.payloads().isEmpty();
}

} // namespace

FrameInspector::FrameInspector(FrameSource *source, FrameModel *model, QObject *parent)
    : QObject(parent), m_source(source), m_model(model), m_handshake(source)
{
    connect(source, &FrameSource::amended, this, &FrameInspector::onAmended);
    connect(model, &FrameModel::selectionChanged, this, &FrameInspector::onSelectionChanged);
    connect(model, &FrameModel::countChanged, this, &FrameInspector::canSelectChanged);
    connect(&m_preparing, &QFutureWatcherBase::finished, this, [this] {
        const auto content = m_preparing.result();
        if (!m_isBusy || !content)
            return; // the selection went on
        m_isBusy = false;
        show(*content);
    });
}

FrameInspector::~FrameInspector()
{
    ++*m_wanted;
}

QString FrameInspector::title() const
{
    if (!m_record)
        return {};
    if (m_record->note())
        return u"#%1 · %2"_s.arg(QString::number(m_record->number), tr("Connection"));
    const bool isPublish = m_record->kind == FrameRecord::Kind::Publish;
    return u"#%1 · %2 · %3"_s.arg(
        QString::number(m_record->number),
        kindName(m_record->kind, isPublish ? m_record->payloads().size() : 1),
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
    const bool isNoTree = m_view == View::Tree && !m_content.isJson;
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
    if (!hasFrame() || m_isBusy || view() == View::Handshake)
        return {};
    if (view() == View::Diff)
        return comparisonText();
    QStringList remarks;
    if (canFormat())
        remarks += tr("%1 of payload, shown as received.").arg(sizeText());
    if (m_content.isTooLong)
        remarks += tr("Laid out it would be mostly indent, and many times as long: it is shown as "
                      "received.");
    if (view() != View::Frame && !hasPayload(*m_record))
        remarks += tr("This frame carries no event: the frame itself is shown.");
    else if (view() != View::Frame && !m_content.isJson)
        remarks += tr("The payload is not JSON: it is shown as received.");
    return remarks.join(u' ');
}

QString FrameInspector::comparisonText() const
{
    if (!m_content.difference)
        return tr("There is no earlier event of this channel to compare with, or one of them is no "
                  "JSON. Pin an event to compare others with it.");
    return tr("Compared with #%1%2. The same: %3.")
        .arg(QString::number(m_compared),
             m_compared == m_pinned ? tr(", which is pinned")
                                    : tr(", the one before on the channel"),
             Wording::count(m_diff.same()));
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

void FrameInspector::copyPayload()
{
    if (m_record)
        copy(FrameContent::payloadOf(*m_record));
}

void FrameInspector::copyView()
{
    if (!m_record || m_isBusy)
        return;
    switch (view()) {
    case View::Hex:
        return copy(m_hex.text());
    case View::Diff:
        return copy(m_diff.text());
    case View::Handshake:
        return copy(m_handshake.text());
    default:
        copy(m_content.text);
    }
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
    m_isBusy = false; // whatever is under way comes too late
    ++*m_wanted;
    if (m_record && m_view == View::Handshake)
        m_handshake.show(*m_record);
    else
        m_handshake.clear();
    if (hasFrame() && m_view != View::Handshake) {
        prepare();
        return;
    }
    FrameContent content;
    content.isJson = false;
    if (m_record && m_record->note())
        content.text = FrameContent::payloadOf(*m_record);
    m_compared = 0;
    show(content);
}

//! The present view, at once or on a thread.
void FrameInspector::prepare()
{
    m_content = {};
    m_compared = m_view == View::Diff ? comparable() : 0;
    std::optional<FrameRecord> other;
    if (m_compared > 0)
        other = m_source->record(m_compared);
    if (m_record->bytes() <= kFormatUnaskedLimit
        && (!other || other->bytes() <= kFormatUnaskedLimit)) {
        show(FrameContent::of(*m_record, form(), other));
        return;
    }
    show({});
    m_isBusy = true;
    const auto work = [record = *m_record, form = form(), other, wanted = m_wanted,
                       turn = m_wanted->load()] {
        if (*wanted != turn) // it waited for a thread, and the selection went on
            return std::shared_ptr<FrameContent>();
        return std::make_shared<FrameContent>(FrameContent::of(record, form, other));
    };
    m_preparing.setFuture(aside(work));
    Q_EMIT changed();
}

void FrameInspector::show(const FrameContent &content)
{
    m_content = content;
    m_lines.setText(m_content.text, hasFrame() && m_content.isJson);
    m_tree.setTexts(m_content.json, m_record && m_record->isResult(), m_content.indexes);
    m_hex.setBytes(m_content.bytes);
    m_diff.show(m_content.difference.value_or(PayloadDiff::Difference()));
    m_notes.show(m_content.notes);
    Q_EMIT changed();
    m_search.setSubject(searched()); // the view that shows what is found is there now
}

FrameContent::Form FrameInspector::form() const
{
    switch (view()) {
    case View::Tree:
        return FrameContent::Form::Tree;
    case View::Pretty:
        return FrameContent::Form::Pretty;
    case View::Raw:
        return FrameContent::Form::Raw;
    case View::Hex:
        return FrameContent::Form::Bytes;
    case View::Diff:
        return FrameContent::Form::Diff;
    case View::Frame:
    case View::Handshake: // is no form of the frame
        break;
    }
    return FrameContent::Form::Whole;
}

SearchSubject FrameInspector::searched() const
{
    using Kind = SearchSubject::Kind;
    if (!hasFrame() || view() == View::Diff || view() == View::Handshake)
        return {};
    if (view() == View::Hex)
        return {Kind::Bytes, {}, m_content.bytes, {}};
    if (view() == View::Tree)
        return {Kind::Json, {}, {}, m_content.json};
    return {Kind::Text, m_content.text, {}, {}};
}

//! The record that this one is compared with; 0: there is none.
qint64 FrameInspector::comparable() const
{
    if (m_record->kind != FrameRecord::Kind::Event)
        return 0;
    if (m_pinned > 0 && m_pinned != m_record->number && m_source->contains(m_pinned))
        return m_pinned;
    return m_source->eventBefore(*m_record,
                                 std::max(m_source->begin(), m_record->number - kDiffReach));
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
