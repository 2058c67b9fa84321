// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/damagedsource.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Syncscope::DamagedSource {

Problem refusal(const QString &path, qint64 frames, const Problem &damage)
{
    if (frames == 0)
        return Problem::file(
            u"%1 No frame could be read; %2 was not written."_s.arg(damage.message, path),
            u"Look for another copy of the file."_s);
    if (QFile::exists(path))
        return Problem::file(
            u"%1 %2 is there already, and was left as it is."_s.arg(damage.message, path),
            u"Under another name %1 frames in front of that can be saved."_s.arg(frames));
    return {};
}

Problem partOnly(const QString &path, qint64 frames, const Problem &damage)
{
    return Problem::file(
        u"%1 %2 has the %3 frames that could be read in front of that."_s.arg(damage.message, path)
            .arg(frames),
        u"What is behind it is missing in the new file."_s);
}

} // namespace Syncscope::DamagedSource
