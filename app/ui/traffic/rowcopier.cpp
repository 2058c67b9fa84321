// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/rowcopier.h"

#include "app/core/capture/capturewords.h"
#include "app/ui/capture/notejson.h"
#include "app/ui/inspect/framecontent.h"
#include "app/ui/wording.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! As a capture keeps it, with its number.
CapturedFrame wholeOf(const FrameRecord &record)
{
    CapturedFrame frame = record.captured();
    if (const LinkNote *note = record.note())
        frame = CapturedFrame::fromNote(noteKind(*note), note->at.toMSecsSinceEpoch(), 0,
                                        noteToJson(*note));
    frame.number = record.number;
    return frame;
}

} // namespace

RowCopier::RowCopier(const FrameSource *source, const FrameModel *model, const Target &target,
                     QObject *parent)
    : QObject(parent), m_source(source), m_model(model), m_target(target)
{
    connect(model, &FrameModel::selectionChanged, this, &RowCopier::changed);
}

const FrameRecord *RowCopier::record() const
{
    const qint64 number = m_model ? qint64(m_model->selectedNumber()) : 0;
    return number > 0 && m_source && m_source->contains(number) ? &m_source->record(number)
                                                                : nullptr;
}

SnippetAction RowCopier::action() const
{
    return hasFrame() ? SnippetAction::of(record()->captured()) : SnippetAction();
}

bool RowCopier::canRepeat() const
{
    return !action().isNone();
}

QString RowCopier::text(Form form) const
{
    const FrameRecord *record = this->record();
    if (!record)
        return {};
    switch (form) {
    case Form::Payload:
        return FrameContent::payloadOf(*record);
    case Form::Pretty:
        return record->note() ? FrameContent::payloadOf(*record)
                              : FrameContent::of(*record, FrameContent::Form::Pretty).text;
    case Form::Json:
        return QString::fromUtf8(captureLine(wholeOf(*record)));
    case Form::Shell:
    case Form::AmplifyJs:
    case Form::Python:
    case Form::Go:
    case Form::Cpp:
        break;
    }
    const auto language = SnippetLanguage(int(form) - int(Form::Shell));
    return QString::fromUtf8(snippet(action(), m_target(record->number), language));
}

void RowCopier::copy(Form form)
{
    const QString text = this->text(form);
    if (text.isEmpty())
        return Q_EMIT told(tr("There is nothing in this row to copy in that form."));
    QGuiApplication::clipboard()->setText(text);
    const SnippetAction action = this->action();
    if (form >= Form::Shell && action.hasPlace)
        return Q_EMIT told(tr("Copied. Fill in <channel>: which one it was is not known from %1")
                               .arg(QString::fromUtf8(action.channel)));
    Q_EMIT told(tr("Copied %1").arg(Wording::bytes(text.toUtf8().size())));
}

} // namespace Syncscope
