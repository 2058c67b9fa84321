// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/doctorstep.h"

#include <QMetaEnum>

namespace Syncscope {

namespace {

template <typename T> QString lowerCaseName(T value)
{
    return QString::fromLatin1(QMetaEnum::fromType<T>().valueToKey(int(value))).toLower();
}

} // namespace

QStringList DoctorStep::values(const QString &name) const
{
    for (const Fact &fact : facts) {
        if (fact.name == name)
            return fact.values;
    }
    return {};
}

QString toText(DoctorStep::Kind kind)
{
    return lowerCaseName(kind);
}

QString toText(DoctorStep::Outcome outcome)
{
    return lowerCaseName(outcome);
}

} // namespace Syncscope
