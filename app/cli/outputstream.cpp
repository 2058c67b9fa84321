// SPDX-License-Identifier: Apache-2.0
#include "app/cli/outputstream.h"

#include "app/cli/platform.h"

#include <QMetaObject>

#include <cerrno>

namespace Syncscope::Cli {

namespace {

constexpr qsizetype kFlushAt = 64 * 1024;

} // namespace

OutputStream::OutputStream(QObject *parent) : QObject(parent)
{
}

void OutputStream::write(const QByteArray &bytes)
{
    if (m_closed)
        return;
    m_buffer += bytes;
    if (m_buffer.size() >= kFlushAt) {
        flush();
    } else if (!m_scheduled) {
        m_scheduled = true;
        QMetaObject::invokeMethod(this, &OutputStream::flush, Qt::QueuedConnection);
    }
}

void OutputStream::flush()
{
    m_scheduled = false;
    if (m_closed || m_buffer.isEmpty())
        return;
    const auto result =
        Platform::write(Platform::Stream::Output, m_buffer.constData(), m_buffer.size());
    const int error = errno;
    m_buffer.resize(0);
    if (result == Platform::WriteResult::Written)
        return;
    m_closed = true;
    if (result == Platform::WriteResult::BrokenPipe)
        Q_EMIT broken();
    else if (result == Platform::WriteResult::Failed)
        Q_EMIT failed(qt_error_string(error));
}

} // namespace Syncscope::Cli
