// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/csvreader.h"

#include <QIODevice>

#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

bool CsvReader::next(QByteArrayList *fields)
{
    fields->clear();
    QByteArray field;
    bool isQuoted = false;
    bool wasQuoted = false;
    qint64 size = 0;
    m_line = m_linesRead + 1;
    while (true) {
        const QByteArray line = m_device->readLine(kLongestRecord);
        ++m_linesRead;
        size += line.size();
        if (line.isEmpty() || size >= kLongestRecord) {
            if (isQuoted || size > 0)
                m_error = size >= kLongestRecord ? u"a record is too long"_s
                                                 : u"a quote at the end of a field is missing"_s;
            return false;
        }
        for (qsizetype i = 0; i < line.size(); ++i) {
            const char c = line.at(i);
            if (isQuoted) {
                if (c != '"') {
                    field += c;
                } else if (i + 1 < line.size() && line.at(i + 1) == '"') {
                    field += c;
                    ++i;
                } else {
                    isQuoted = false;
                }
            } else if (c == '"' && field.isEmpty() && !wasQuoted) {
                isQuoted = wasQuoted = true;
            } else if (c == ',') {
                fields->append(std::exchange(field, QByteArray()));
                wasQuoted = false;
            } else if (c != '\n' && c != '\r') {
                field += c;
            }
        }
        if (!isQuoted)
            break;
    }
    fields->append(field);
    return true;
}

} // namespace Syncscope
