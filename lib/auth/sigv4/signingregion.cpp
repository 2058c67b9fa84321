// SPDX-License-Identifier: Apache-2.0
#include "signingregion.h"

#include <QCoreApplication>

namespace AppSync {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::SigningRegion", text);
}

} // namespace

QString SigningRegion::description() const
{
    switch (source) {
    case Source::None:
        break;
    case Source::Setting:
        return tr("%1, as set").arg(name);
    case Source::Endpoint:
        return tr("%1, from the endpoint").arg(name);
    case Source::AwsRegion:
        return tr("%1, from AWS_REGION").arg(name);
    case Source::AwsDefaultRegion:
        return tr("%1, from AWS_DEFAULT_REGION").arg(name);
    case Source::Credentials:
        return tr("%1, from the source of the credentials").arg(name);
    }
    return tr("not known");
}

} // namespace AppSync
