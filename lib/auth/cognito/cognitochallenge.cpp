// SPDX-License-Identifier: Apache-2.0
#include "cognitochallenge_p.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::CognitoForms", text);
}

InteractionField field(const QString &name, const QString &label)
{
    InteractionField made;
    made.name = name;
    made.label = label;
    return made;
}

InteractionField secretField(const QString &name, const QString &label)
{
    InteractionField made = field(name, label);
    made.isSecret = true;
    return made;
}

QString spokenChallenge(const QString &name)
{
    if (name == u"SMS_MFA" || name == u"SMS_OTP")
        return tr("Code by text message");
    if (name == u"EMAIL_OTP")
        return tr("Code by e-mail");
    if (name == u"SOFTWARE_TOKEN_MFA")
        return tr("Code of an authenticator app");
    if (name == u"PASSWORD_SRP")
        return tr("Password");
    if (name == u"PASSWORD")
        return tr("Password, sent to the server");
    return name;
}

//! Where the code went, as far as the server tells: `to +*******1234`.
QString deliveryOf(const CognitoChallenge &challenge)
{
    const QString medium = challenge.parameters.value(u"CODE_DELIVERY_DELIVERY_MEDIUM"_s);
    const QString destination = challenge.parameters.value(u"CODE_DELIVERY_DESTINATION"_s);
    const bool isEmail = medium == u"EMAIL" || challenge.name == u"EMAIL_OTP";
    if (destination.isEmpty())
        return isEmail ? tr("A code was sent by e-mail.") : tr("A code was sent by text message.");
    return (isEmail ? tr("A code was sent by e-mail to %1.")
                    : tr("A code was sent by text message to %1."))
        .arg(destination);
}

//! What the server tells with a challenge that only its owner understands.
QString toldBy(const CognitoChallenge &challenge)
{
    QStringList lines;
    for (auto it = challenge.parameters.cbegin(); it != challenge.parameters.cend(); ++it) {
        if (it.key() != u"USERNAME" && it.key() != u"USER_ID_FOR_SRP")
            lines << it.key() + u": "_s + it.value();
    }
    return lines.join(u'\n');
}

} // namespace

CognitoChallenge CognitoChallenge::fromAnswer(const QJsonObject &answer)
{
    CognitoChallenge challenge;
    challenge.name = answer.value(u"ChallengeName").toString();
    challenge.session = answer.value(u"Session").toString();
    const QJsonObject parameters = answer.value(u"ChallengeParameters").toObject();
    for (auto it = parameters.constBegin(); it != parameters.constEnd(); ++it)
        challenge.parameters.insert(it.key(), it.value().toString());
    for (const QJsonValue &name : answer.value(u"AvailableChallenges").toArray())
        challenge.available.append(name.toString());
    return challenge;
}

QStringList CognitoChallenge::list(const QString &parameter) const
{
    QStringList texts;
    const QByteArray json = parameters.value(parameter).toUtf8();
    for (const QJsonValue &text : QJsonDocument::fromJson(json).array())
        texts.append(text.toString());
    texts.removeAll(QString());
    return texts;
}

namespace CognitoForms {

CognitoForm credentials(const QString &pool, const QString &loginName, bool asksForName,
                        bool asksForPassword)
{
    CognitoForm form;
    form.title = tr("Sign in");
    form.message = asksForName ? tr("Sign in to %1.").arg(pool)
                               : tr("Sign in to %1 as %2.").arg(pool, loginName);
    if (asksForName) {
        form.fields.append(field(kUserName, tr("User name")));
        form.fields.last().value = loginName;
    }
    if (asksForPassword)
        form.fields.append(secretField(kPassword, tr("Password")));
    return form;
}

CognitoForm code(const CognitoChallenge &challenge)
{
    CognitoForm form;
    form.title = tr("Enter the code");
    form.message = challenge.name == u"SOFTWARE_TOKEN_MFA"
        ? tr("Enter the code that your authenticator app shows.")
        : deliveryOf(challenge);
    form.fields = {field(kCode, tr("Code"))};
    if (const QString device = challenge.parameters.value(u"FRIENDLY_DEVICE_NAME"_s);
        !device.isEmpty())
        form.fields.first().hint = device;
    return form;
}

CognitoForm newPassword(const CognitoChallenge &challenge)
{
    CognitoForm form;
    form.title = tr("Choose a new password");
    form.message = tr("The password that you have is for the first time only. Choose your own.");
    form.fields = {secretField(u"NEW_PASSWORD"_s, tr("New password"))};
    const QJsonObject known =
        QJsonDocument::fromJson(challenge.parameters.value(u"userAttributes"_s).toUtf8()).object();
    for (const QString &name : challenge.list(u"requiredAttributes"_s)) {
        // Listed as `userAttributes.email`, known as `email`, answered as listed.
        const QString attribute = name.startsWith(u"userAttributes.") ? name.sliced(15) : name;
        InteractionField asked = field(u"userAttributes."_s + attribute, attribute);
        asked.value = known.value(attribute).toString();
        form.fields.append(asked);
    }
    return form;
}

CognitoForm choice(const QStringList &choices, bool isSecondFactor)
{
    CognitoForm form;
    form.title = isSecondFactor ? tr("Choose a second factor") : tr("Choose how to sign in");
    form.message = isSecondFactor ? tr("Which second factor do you want to use?")
                                  : tr("The user pool offers several ways to sign in.");
    InteractionField asked = field(kAnswer, tr("Use"));
    asked.choices = choices;
    for (const QString &name : choices)
        asked.choiceLabels.append(spokenChallenge(name));
    form.fields = {asked};
    return form;
}

CognitoForm totpSetup(const QString &secret, const QUrl &url)
{
    CognitoForm form;
    form.title = tr("Set up an authenticator app");
    form.message = tr("The user pool wants a second factor. Add this key to an authenticator app, "
                      "then enter the code that it shows.");
    form.url = url;
    form.userCode = secret;
    InteractionField name = field(kDeviceName, tr("Name of the app or its device"));
    name.isRequired = false;
    form.fields = {field(kCode, tr("Code")), name};
    return form;
}

CognitoForm custom(const CognitoChallenge &challenge)
{
    CognitoForm form;
    form.title = tr("Answer the question");
    form.message = toldBy(challenge);
    if (form.message.isEmpty())
        form.message = tr("The user pool asks something of its own.");
    form.fields = {field(kAnswer, tr("Answer"))};
    return form;
}

CognitoForm unknown(const CognitoChallenge &challenge)
{
    CognitoForm form;
    form.title = tr("Answer the challenge %1").arg(challenge.name);
    form.message = tr("The user pool asks something that this program does not know.");
    if (const QString told = toldBy(challenge); !told.isEmpty())
        form.message += u'\n' + told;
    InteractionField key = field(kResponseName, tr("Name of the answer"));
    key.value = kAnswer;
    form.fields = {key, field(kResponseValue, tr("Answer"))};
    return form;
}

CognitoForm rememberDevice(const QString &deviceName)
{
    CognitoForm form;
    form.kind = Interaction::Kind::Confirm;
    form.title = tr("Remember this device?");
    form.message = tr("The user pool can remember this device as \"%1\", and then ask for fewer "
                      "codes on it.")
                       .arg(deviceName);
    return form;
}

QString responseKey(const QString &challengeName)
{
    for (const QLatin1StringView known :
         {"SMS_MFA"_L1, "EMAIL_OTP"_L1, "SMS_OTP"_L1, "SOFTWARE_TOKEN_MFA"_L1}) {
        if (challengeName == known)
            return known + "_CODE"_L1;
    }
    return {};
}

QUrl totpUrl(const QString &secret, const QString &issuer, const QString &userName)
{
    // By hand: QUrl leaves a colon in a name as it is, which would move the issuer.
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    return QUrl(u"otpauth://totp/%1:%2?secret=%3&issuer=%1"_s.arg(
        encoded(issuer), encoded(userName), encoded(secret)));
}

} // namespace CognitoForms

} // namespace AppSync
