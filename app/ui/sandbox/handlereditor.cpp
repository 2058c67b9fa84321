// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/handlereditor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kOutputLines = 200;
constexpr qint64 kLargestFile = 1024 * 1024;
constexpr int kDraftMs = 1000; // what is typed is on disk after so long

struct Example {
    const char *name;
    const char *code;
};

const Example kExamples[] = {
    {QT_TRANSLATE_NOOP("Syncscope::HandlerEditor", "Pass everything on"),
     R"(export function onPublish(ctx) {
  return ctx.events;
}

export function onSubscribe(ctx) {
  console.log('subscribe to', ctx.info.channel.path);
}
)"},
    {QT_TRANSLATE_NOOP("Syncscope::HandlerEditor", "Only one's own private channel"),
     R"(import { util } from '@aws-appsync/utils';

// /private/<sub> is for the user of that name alone.
export function onSubscribe(ctx) {
  if (ctx.info.channel.path !== `/private/${ctx.identity?.sub}`) {
    util.unauthorized();
  }
}
)"},
    {QT_TRANSLATE_NOOP("Syncscope::HandlerEditor", "Add a time to each event"),
     R"(import { util } from '@aws-appsync/utils';

export function onPublish(ctx) {
  return ctx.events.map(event => ({
    id: event.id,
    payload: { ...event.payload, receivedAt: util.time.nowISO8601() },
  }));
}
)"},
    {QT_TRANSLATE_NOOP("Syncscope::HandlerEditor", "Refuse events one by one"),
     R"(export function onPublish(ctx) {
  return ctx.events.map(event => {
    if (typeof event.payload?.text !== 'string') {
      return { id: event.id, error: 'An event needs a text' };
    }
    return event;
  });
}
)"},
};

} // namespace

HandlerEditor::HandlerEditor(AppSync::Emulator *emulator, const QString &folder, QObject *parent)
    : QObject(parent), m_emulator(emulator), m_folder(folder)
{
    connect(emulator, &AppSync::Emulator::handlerProblem, this, &HandlerEditor::onProblem);
    connect(emulator, &AppSync::Emulator::handlerLogged, this, &HandlerEditor::onLogged);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftMs);
    connect(&m_draftTimer, &QTimer::timeout, this, &HandlerEditor::keepDrafts);
}

HandlerEditor::~HandlerEditor()
{
    keepDrafts();
}

QStringList HandlerEditor::examples()
{
    QStringList names;
    for (const Example &example : kExamples)
        names.append(tr(example.name));
    return names;
}

int HandlerEditor::current() const
{
    return int(namespaces().indexOf(m_current));
}

void HandlerEditor::setCurrent(int index)
{
    const QString nameSpace = namespaces().value(index);
    if (nameSpace.isEmpty() || nameSpace == m_current)
        return;
    m_current = nameSpace;
    Q_EMIT changed();
    Q_EMIT outputChanged();
}

void HandlerEditor::setText(const QString &text)
{
    if (m_current.isEmpty() || text == this->text())
        return;
    m_drafts.insert(m_current, text);
    m_changedDrafts.insert(m_current);
    m_draftTimer.start();
    Q_EMIT changed();
}

QString HandlerEditor::stateText() const
{
    if (m_current.isEmpty())
        return {};
    if (m_applied.value(m_current).isEmpty())
        return tr("No handler: events and subscriptions pass unchanged.");
    if (!problem().isEmpty())
        return tr("The handler of %1 is broken.").arg(m_current);
    return isDirty() ? tr("An earlier text is applied to %1.").arg(m_current)
                     : tr("Applied to %1.").arg(m_current);
}

int HandlerEditor::problemLine() const
{
    return isDirty() ? 0 : m_problems.value(m_current).line;
}

void HandlerEditor::apply()
{
    if (m_current.isEmpty())
        return;
    m_applied.insert(m_current, text());
    m_problems.remove(m_current);
    if (text().isEmpty())
        QFile::remove(fileOf(m_current));
    else
        keep(fileOf(m_current), text());
    m_changedDrafts.insert(m_current);
    keepDrafts();
    m_emulator->setHandlerCode(m_current, text());
    Q_EMIT changed();
}

void HandlerEditor::revert()
{
    setText(m_applied.value(m_current));
}

void HandlerEditor::insertExample(int index)
{
    if (index >= 0 && index < int(std::size(kExamples)))
        setText(QString::fromLatin1(kExamples[index].code));
}

void HandlerEditor::clearOutput()
{
    m_outputs.remove(m_current);
    Q_EMIT outputChanged();
}

void HandlerEditor::load()
{
    const QStringList all = namespaces();
    for (const QString &nameSpace : all) {
        if (m_applied.contains(nameSpace) || m_drafts.contains(nameSpace))
            continue;
        const auto code = kept(fileOf(nameSpace));
        if (code)
            m_applied.insert(nameSpace, *code);
        if (const auto draft = kept(draftFileOf(nameSpace)); draft || code)
            m_drafts.insert(nameSpace, draft ? *draft : *code);
    }
    for (const QString &nameSpace : all) {
        if (const QString code = m_applied.value(nameSpace); !code.isEmpty())
            m_emulator->setHandlerCode(nameSpace, code);
    }
    if (!all.contains(m_current))
        m_current = all.value(0);
    Q_EMIT namespacesChanged();
    Q_EMIT changed();
}

void HandlerEditor::onProblem(const QString &nameSpace, const QString &, int line,
                              const QString &message)
{
    m_problems.insert(nameSpace,
                      {line > 0 ? tr("Line %1: %2").arg(line).arg(message) : message, line});
    if (nameSpace == m_current)
        Q_EMIT changed();
}

void HandlerEditor::onLogged(const QString &nameSpace, const QString &level, const QString &text)
{
    QStringList &lines = m_outputs[nameSpace];
    lines.append(level == u"log" ? text : level + u": "_s + text);
    if (lines.size() > kOutputLines)
        lines.removeFirst();
    if (nameSpace == m_current)
        Q_EMIT outputChanged();
}

//! A draft has a file only while it differs from what is applied.
void HandlerEditor::keepDrafts()
{
    m_draftTimer.stop();
    const QSet<QString> drafts = std::exchange(m_changedDrafts, {});
    for (const QString &nameSpace : drafts) {
        if (m_drafts.value(nameSpace) == m_applied.value(nameSpace))
            QFile::remove(draftFileOf(nameSpace));
        else
            keep(draftFileOf(nameSpace), m_drafts.value(nameSpace));
    }
}

void HandlerEditor::keep(const QString &path, const QString &text)
{
    if (m_folder.isEmpty())
        return;
    QDir().mkpath(m_folder);
    QSaveFile file(path);
    const QByteArray code = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(code) != code.size() || !file.commit())
        Q_EMIT notKept(QFileInfo(path).baseName(), file.errorString());
}

std::optional<QString> HandlerEditor::kept(const QString &path) const
{
    QFile file(path);
    if (m_folder.isEmpty() || file.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return QString::fromUtf8(file.readAll());
}

QString HandlerEditor::fileOf(const QString &nameSpace) const
{
    return QDir(m_folder).filePath(nameSpace + u".js"_s);
}

QString HandlerEditor::draftFileOf(const QString &nameSpace) const
{
    return QDir(m_folder).filePath(nameSpace + u".draft.js"_s);
}

} // namespace Syncscope
