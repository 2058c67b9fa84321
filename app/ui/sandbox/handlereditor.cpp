// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/handlereditor.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kOutputLines = 200;
constexpr qint64 kLargestFile = 1024 * 1024;

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
    keep();
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
        QFile file(fileOf(nameSpace));
        if (m_applied.contains(nameSpace) || m_folder.isEmpty() || file.size() > kLargestFile
            || !file.open(QIODevice::ReadOnly))
            continue;
        const QString code = QString::fromUtf8(file.readAll());
        m_applied.insert(nameSpace, code);
        m_drafts.insert(nameSpace, code);
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

//! An empty text has no file.
void HandlerEditor::keep()
{
    if (m_folder.isEmpty())
        return;
    const QString path = fileOf(m_current);
    if (text().isEmpty()) {
        QFile::remove(path);
        return;
    }
    QDir().mkpath(m_folder);
    QSaveFile file(path);
    const QByteArray code = text().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(code) != code.size() || !file.commit())
        Q_EMIT notKept(m_current, file.errorString());
}

QString HandlerEditor::fileOf(const QString &nameSpace) const
{
    return QDir(m_folder).filePath(nameSpace + u".js"_s);
}

} // namespace Syncscope
