// SPDX-License-Identifier: Apache-2.0
#include "credentialssource.h"

namespace AppSync {

CredentialsReply::CredentialsReply(QObject *parent) : InteractiveReply(parent)
{
}

void CredentialsReply::succeed(const AwsCredentials &credentials)
{
    m_credentials = credentials;
    if (credentials.isValid())
        finish();
    else
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("The AWS credentials lack their key id or their secret."),
                          tr("Look at the source that supplies them.")));
}

void CredentialsReply::fail(const Error &error)
{
    finish(error);
}

} // namespace AppSync
