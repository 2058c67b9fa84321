// SPDX-License-Identifier: Apache-2.0
#include "awsenvironment.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace AppSync {

AwsEnvironment AwsEnvironment::system()
{
    AwsEnvironment environment;
    environment.variables = QProcessEnvironment::systemEnvironment();
    environment.home = QDir::homePath();
    return environment;
}

QString AwsEnvironment::value(const QString &name) const
{
    return variables.value(name);
}

QString AwsEnvironment::configFile() const
{
    const QString chosen = value(u"AWS_CONFIG_FILE"_s);
    return chosen.isEmpty() ? home + u"/.aws/config"_s : expanded(chosen);
}

QString AwsEnvironment::credentialsFile() const
{
    const QString chosen = value(u"AWS_SHARED_CREDENTIALS_FILE"_s);
    return chosen.isEmpty() ? home + u"/.aws/credentials"_s : expanded(chosen);
}

QString AwsEnvironment::expanded(const QString &path) const
{
    const bool isAtHome = path == u"~" || path.startsWith(u"~/") || path.startsWith(u"~\\");
    return isAtHome ? home + path.mid(1) : path;
}

} // namespace AppSync
