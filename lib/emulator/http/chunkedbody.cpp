// SPDX-License-Identifier: Apache-2.0
#include "chunkedbody_p.h"

#include "../events/limits_p.h"

#include <QIODevice>

#include <algorithm>

namespace AppSync::Emulation {

namespace {

constexpr qint64 kLineBytes = 1'024; // size and extensions, or one trailer
constexpr qint64 kTrailerBytes = 8'192;

//! -1: \a text is no hexadecimal number, or one that no body has.
qint64 sizeOf(const QByteArray &text)
{
    const bool isHex =
        !text.isEmpty() && text.size() <= 15 && std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        });
    return isHex ? text.toLongLong(nullptr, 16) : -1;
}

} // namespace

ChunkedBody::Status ChunkedBody::read(QIODevice &device)
{
    QByteArray line;
    while (m_status == Status::Incomplete) {
        if (m_part == Part::Data) {
            readData(device);
            if (m_part == Part::Data)
                break;
            continue;
        }
        if (!readLine(device, &line))
            break;
        if (m_part == Part::Size) {
            onSize(line);
        } else if (m_part == Part::DataEnd) {
            m_part = Part::Size;
            if (!line.isEmpty())
                m_status = Status::Malformed;
        } else if (line.isEmpty()) { // of the trailers
            m_status = Status::Complete;
        } else if ((m_trailerBytes += line.size()) > kTrailerBytes) {
            m_status = Status::Malformed;
        }
    }
    return m_status;
}

bool ChunkedBody::readLine(QIODevice &device, QByteArray *line)
{
    const QByteArray start = device.peek(kLineBytes);
    const qsizetype end = start.indexOf('\n');
    if (end < 0) {
        if (start.size() >= kLineBytes)
            m_status = Status::Malformed;
        return false;
    }
    *line = device.read(end + 1).chopped(1);
    if (!line->endsWith('\r')) { // a bare line feed ends a line for some readers only
        m_status = Status::Malformed;
        return false;
    }
    line->chop(1);
    return true;
}

void ChunkedBody::onSize(const QByteArray &line)
{
    const qsizetype semicolon = line.indexOf(';');
    m_left = sizeOf((semicolon < 0 ? line : line.first(semicolon)).trimmed());
    if (m_left < 0)
        m_status = Status::Malformed;
    else if (m_body.size() + m_left > Limits::kMessageBytes)
        m_status = Status::TooLarge;
    m_part = m_left > 0 ? Part::Data : Part::Trailer;
}

void ChunkedBody::readData(QIODevice &device)
{
    const QByteArray bytes = device.read(m_left);
    m_body += bytes;
    m_left -= bytes.size();
    if (m_left == 0)
        m_part = Part::DataEnd;
}

} // namespace AppSync::Emulation
