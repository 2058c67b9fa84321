// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QFile;

namespace Syncscope {

//! Which file a name stands for, so that it is noticed when that file has gone and when another one has come in its
//! place. Where the system keeps the names of open files, as Windows does, it is only told that it is there.
class FileIdentity {
public:
    FileIdentity() = default; //!< of nothing
    [[nodiscard]] static FileIdentity of(const QString &path);
    //! Of a file that is open, whatever has become of its name.
    [[nodiscard]] static FileIdentity of(const QFile &file);

    friend bool operator==(const FileIdentity &, const FileIdentity &) = default;

private:
    bool m_isThere = false;
    quint64 m_device = 0;
    quint64 m_number = 0;
};

} // namespace Syncscope
