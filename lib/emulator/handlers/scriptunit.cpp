// SPDX-License-Identifier: Apache-2.0
#include "scriptunit_p.h"

#include "../logging_p.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr std::chrono::milliseconds kSettleTime{50};
constexpr qint64 kCodeBytes = 4 * 1024 * 1024;

} // namespace

CodeWatcher::CodeWatcher(QObject *parent) : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleTime);
    const auto settle = [this] { m_settle.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
    connect(&m_settle, &QTimer::timeout, this, &CodeWatcher::rewatch);
}

void CodeWatcher::watch(const QString &file)
{
    m_files.append(file);
    m_watcher.addPath(file);
    m_watcher.addPath(QFileInfo(file).absolutePath()); // tells of a file that takes its place
}

void CodeWatcher::rewatch()
{
    for (const QString &file : std::as_const(m_files)) {
        if (!m_watcher.files().contains(file) && QFileInfo::exists(file))
            m_watcher.addPath(file);
    }
    Q_EMIT changed();
}

ScriptUnit::ScriptUnit(const Source &source, const HandlerProcess::Settings &settings,
                       CodeWatcher &watcher, QObject *parent)
    : QObject(parent), m_source(source), m_process(settings)
{
    connect(&m_process, &HandlerProcess::loadFailed, this, &ScriptUnit::tell);
    connect(&m_process, &HandlerProcess::logged, this,
            [this](const QString &level, const QString &text, int line) {
                qCInfo(log).noquote().nospace() << m_source.name << ", " << file() << ':' << line
                                                << ": " << level << ": " << text;
                Q_EMIT logged(m_source.name, level, text);
            });
    if (m_source.codeFile.isEmpty()) {
        m_process.load(m_source.code);
        return;
    }
    watcher.watch(m_source.codeFile);
    connect(&watcher, &CodeWatcher::changed, this, &ScriptUnit::read);
    // Queued: nobody listens to problem() yet.
    QMetaObject::invokeMethod(this, &ScriptUnit::read, Qt::QueuedConnection);
}

QString ScriptUnit::file() const
{
    return m_source.codeFile.isEmpty() ? m_source.name + u".js"_s : m_source.codeFile;
}

void ScriptUnit::read()
{
    QFile file(m_source.codeFile);
    // Not a pipe, which would let everybody wait.
    const bool isFile = QFileInfo(file).isFile();
    if (!isFile || !file.open(QIODevice::ReadOnly)) {
        if (!m_isRead) // later it may be about to be replaced
            tell(0,
                 u"Cannot read the file: %1"_s.arg(
                     isFile ? file.errorString() : u"it is not there, or is not a file"_s));
        return;
    }
    const QByteArray code = file.read(kCodeBytes + 1);
    if (code.size() > kCodeBytes)
        return tell(0, u"The file is larger than %1 MB"_s.arg(kCodeBytes / 1024 / 1024));
    if (m_isRead && code == m_read)
        return;
    m_isRead = true;
    m_read = code;
    m_process.load(QString::fromUtf8(code));
}

void ScriptUnit::retire()
{
    if (m_process.isBusy())
        connect(&m_process, &HandlerProcess::idle, this, &QObject::deleteLater);
    else
        deleteLater();
}

void ScriptUnit::setCode(const QString &code)
{
    m_process.load(code);
}

void ScriptUnit::call(const QJsonObject &message, const HandlerProcess::Answer &answer)
{
    const QPointer<ScriptUnit> guard(this);
    m_process.call(message, [this, guard, answer](const QJsonObject &result) {
        if (!guard)
            return;
        if (result.contains("failed"_L1))
            tell(result.value("line"_L1).toInt(), result.value("failed"_L1).toString());
        answer(result);
    });
}

void ScriptUnit::tell(int line, const QString &message)
{
    qCWarning(log).noquote().nospace()
        << m_source.name << ", " << file() << ':' << line << ": " << message;
    Q_EMIT problem(m_source.name, file(), line, message);
}

} // namespace AppSync::Emulation
