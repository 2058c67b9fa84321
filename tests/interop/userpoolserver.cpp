// SPDX-License-Identifier: Apache-2.0
// A local AppSync whose user pool has users for each challenge of Cognito's official client. It prints one
// line when it is ready, and ends when its standard input does.
#include <AppSync/Emulator>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <iostream>
#include <thread>

using AppSync::Emulator;
using namespace Qt::StringLiterals;

namespace {

const QString kPassword = u"Correct-Horse-9!"_s;
const QString kTotpSecret = u"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"_s;

Emulator::User user(const QString &name)
{
    Emulator::User user{name, kPassword};
    user.attributes = {{u"email"_s, name + u"@example.com"_s}, {u"name"_s, name}};
    return user;
}

Emulator::UserPool userPool()
{
    Emulator::User totp = user(u"totp"_s);
    totp.totpSecret = kTotpSecret;
    Emulator::User invited{u"invited"_s, kPassword};
    invited.status = Emulator::User::Status::ForceChangePassword;
    invited.attributes = {{u"email"_s, u"invited@example.com"_s}};
    Emulator::User disabled = user(u"disabled"_s);
    disabled.status = Emulator::User::Status::Disabled;

    Emulator::UserPool pool;
    pool.users = {user(u"alice"_s), totp, invited, disabled};
    pool.devices = Emulator::UserPool::Devices::Always;
    pool.requiredAttributes = {u"email"_s, u"name"_s};
    pool.customQuestion = u"What is 6 × 7?"_s;
    pool.customAnswer = u"42"_s;
    return pool;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    Emulator emulator;
    Emulator::Options options;
    options.userPool = userPool();
    if (!emulator.listen(options)) {
        std::cerr << qPrintable(emulator.problem()) << '\n';
        return 1;
    }
    const QJsonObject ready{{u"http"_s, emulator.httpUrl().toString()},
                            {u"endpoint"_s, emulator.serviceUrl().toString()},
                            {u"userPoolId"_s, emulator.userPoolId()},
                            {u"clientId"_s, emulator.userPoolClientId()},
                            {u"password"_s, kPassword},
                            {u"totpSecret"_s, kTotpSecret}};
    std::cout << QJsonDocument(ready).toJson(QJsonDocument::Compact).constData() << std::endl;
    std::thread reader([] {
        while (std::cin.get() != std::char_traits<char>::eof()) { }
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    const int code = QCoreApplication::exec();
    reader.join();
    return code;
}
