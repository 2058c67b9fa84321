// SPDX-License-Identifier: Apache-2.0
#include "cognitodevice_p.h"

#include "cognitoapi_p.h"
#include "srp_p.h"

#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr int kPasswordBytes = 40;
constexpr int kSaltBytes = 16;

//! As the pool lists it; the machine's own name is nobody's business there.
QString deviceName()
{
    return u"AppSyncQt, "_s + QSysInfo::prettyProductName();
}

} // namespace

CognitoDeviceEnrolment::CognitoDeviceEnrolment(CognitoApi *api, const QString &accessToken,
                                               const CognitoDevice &device, bool canAsk,
                                               QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_accessToken(accessToken)
    , m_device(device)
    , m_canAsk(canAsk)
    , m_question(api->clock(), parent, nullptr)
{
    connect(&m_question, &CognitoQuestion::asked, this, &CognitoDeviceEnrolment::asked);
    connect(&m_question, &CognitoQuestion::cancelled, this, [this] { answer(false); });
    connect(&m_question, &CognitoQuestion::expired, this, [this] { Q_EMIT finished({}); });
}

void CognitoDeviceEnrolment::start()
{
    m_device.password = QString::fromLatin1(Srp::randomBytes(kPasswordBytes).toBase64());
    const Srp::DeviceVerifier verifier = Srp::deviceVerifier(
        {m_device.groupKey, m_device.key, m_device.password}, Srp::randomBytes(kSaltBytes));
    const QJsonObject config{{u"Salt"_s, QString::fromLatin1(verifier.salt)},
                             {u"PasswordVerifier"_s, QString::fromLatin1(verifier.verifier)}};
    m_api->call(u"ConfirmDevice"_s,
                {{u"AccessToken"_s, m_accessToken},
                 {u"DeviceKey"_s, m_device.key},
                 {u"DeviceName"_s, deviceName()},
                 {u"DeviceSecretVerifierConfig"_s, config}},
                this, [this](const QJsonObject &answer, const Error &error) {
                    if (error.isError())
                        Q_EMIT finished(error);
                    else
                        onConfirmed(answer.value(u"UserConfirmationNecessary").toBool());
                });
}

void CognitoDeviceEnrolment::onConfirmed(bool asksUser)
{
    Q_EMIT confirmed(m_device);
    if (asksUser && m_canAsk)
        m_question.ask(CognitoForms::rememberDevice(deviceName()),
                       [this](const QVariantMap &) { answer(true); });
    else
        Q_EMIT finished({});
}

void CognitoDeviceEnrolment::answer(bool isRemembered)
{
    m_api->call(
        u"UpdateDeviceStatus"_s,
        {{u"AccessToken"_s, m_accessToken},
         {u"DeviceKey"_s, m_device.key},
         {u"DeviceRememberedStatus"_s, isRemembered ? u"remembered"_s : u"not_remembered"_s}},
        this, [this](const QJsonObject &, const Error &error) { Q_EMIT finished(error); });
}

} // namespace AppSync
