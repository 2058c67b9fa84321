// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace AppSync::Emulation {

//! A body in chunks (RFC 9112, 7.1), read as it arrives. Extensions and trailers are read and forgotten.
class ChunkedBody {
public:
    enum class Status {
        Incomplete, //!< more must arrive
        Complete,
        Malformed,
        TooLarge, //!< more than Limits::kMessageBytes
    };

    //! Takes from \a device what there is, and nothing that follows the body.
    Status read(QIODevice &device);
    //! What was read so far.
    [[nodiscard]] QByteArray take() { return std::move(m_body); }

private:
    enum class Part { Size, Data, DataEnd, Trailer };

    //! A line without its end; nothing: it has not arrived, or is too long and m_status says so.
    bool readLine(QIODevice &device, QByteArray *line);
    void onSize(const QByteArray &line);
    void readData(QIODevice &device);

    QByteArray m_body;
    Part m_part = Part::Size;
    qint64 m_left = 0; //!< of this chunk
    qint64 m_trailerBytes = 0;
    Status m_status = Status::Incomplete;
};

} // namespace AppSync::Emulation
