// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayList>

class QIODevice;

namespace Syncscope {

//! Reads CSV (RFC 4180) record by record; fields may hold line breaks.
class CsvReader {
public:
    explicit CsvReader(QIODevice *device) : m_device(device) { }

    //! False at the end, or if there is a mistake, which error() tells.
    bool next(QByteArrayList *fields);
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] qint64 line() const { return m_line; } //!< where the last record began, from 1

    static constexpr qint64 kLongestRecord = 64'000'000;

private:
    QIODevice *const m_device;
    QString m_error;
    qint64 m_line = 0;
    qint64 m_linesRead = 0;
};

} // namespace Syncscope
