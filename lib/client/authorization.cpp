// SPDX-License-Identifier: Apache-2.0
#include "authorization_p.h"

#include <QCoreApplication>

namespace AppSync {

namespace {

void answerLater(QObject *context, const AuthorizationHandler &done, const Error &error)
{
    QMetaObject::invokeMethod(
        context, [done, error] { done(error, {}); }, Qt::QueuedConnection);
}

} // namespace

void requestAuthorization(Authorizer *authorizer, const SignableRequest &request, QObject *context,
                          const AuthorizationHandler &done, const PersonHandler &onPerson)
{
    if (!authorizer) {
        answerLater(
            context, done,
            Error::local(Error::Kind::InvalidInput,
                         QCoreApplication::translate("AppSync::Error", "No credentials are set."),
                         QCoreApplication::translate("AppSync::Error",
                                                     "Give the client an authorizer: an API key "
                                                     "or a token.")));
        return;
    }
    AuthReply *reply = authorizer->authorize(request);
    if (!reply) {
        answerLater(context, done,
                    Error::local(Error::Kind::InvalidInput,
                                 QCoreApplication::translate(
                                     "AppSync::Error", "The authorizer %1 gave no reply object.")
                                     .arg(authorizer->displayName())));
        return;
    }
    QObject::connect(reply, &Reply::finished, context,
                     [reply, done] { done(reply->error(), reply->headers()); });
    if (!onPerson)
        return;
    QObject::connect(reply, &InteractiveReply::isWaitingForPersonChanged, context,
                     [reply, onPerson] { onPerson(reply->isWaitingForPerson()); });
    if (reply->isWaitingForPerson())
        onPerson(true);
}

} // namespace AppSync
