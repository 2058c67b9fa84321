// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/AwsEnvironment>
#include <AppSync/CredentialsSource>

#include "lib/auth/aws/awscontext_p.h"
#include "tests/shared/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

//! A home folder of AWS tools, and variables of its own: nothing of the computer is seen.
class AwsHome {
public:
    AwsHome()
    {
        environment.home = folder.path();
        environment.clock = &clock;
        environment.requestTimeout = std::chrono::seconds(5);
        environment.network.proxy = QNetworkProxy(QNetworkProxy::NoProxy);
        // Scripts need to find their tools.
        environment.variables.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        QDir(folder.path()).mkpath(QStringLiteral(".aws/sso/cache"));
    }

    void set(const QString &name, const QString &value)
    {
        environment.variables.insert(name, value);
    }
    [[nodiscard]] QString path(const QString &name) const { return folder.filePath(name); }

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }
    void writeConfig(const QByteArray &text) const { write(QStringLiteral(".aws/config"), text); }
    void writeCredentials(const QByteArray &text) const
    {
        write(QStringLiteral(".aws/credentials"), text);
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    //! A program that a `credential_process` can name.
    QString script(const QString &name, const QByteArray &text) const
    {
        write(name, "#!/bin/sh\n" + text);
        QFile::setPermissions(path(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path(name);
    }
    //! \a seconds from now, by the clock of this home.
    [[nodiscard]] QDateTime in(std::chrono::seconds seconds) const
    {
        return QDateTime::fromMSecsSinceEpoch(clock.wallMs(), Qt::UTC).addSecs(seconds.count());
    }
    [[nodiscard]] QByteArray isoIn(std::chrono::seconds seconds) const
    {
        return in(seconds).toString(Qt::ISODate).toUtf8();
    }

    //! What a source of the profile \a name gets.
    [[nodiscard]] AppSync::AwsContext context(const QString &name = {}) const
    {
        AppSync::AwsContext context;
        context.environment = environment;
        AppSync::Error error;
        context.config = AppSync::AwsConfig::load(environment, &error);
        if (error.isError())
            qFatal("%s", qPrintable(error.toString()));
        if (const AppSync::AwsProfile *profile = context.config.profile(name))
            context.profile = *profile;
        else if (!name.isEmpty())
            qFatal("no profile %s", qPrintable(name));
        return context;
    }

    QTemporaryDir folder;
    FakeClock clock;
    AppSync::AwsEnvironment environment;
};

//! What a source answers.
struct CredentialsOutcome {
    bool hasArrived = false;
    AppSync::AwsCredentials credentials;
    AppSync::Error error;
};

//! Notes what comes of \a reply in \a outcome, which has to live long enough.
inline void note(AppSync::CredentialsReply *reply, CredentialsOutcome *outcome)
{
    QObject::connect(reply, &AppSync::Reply::finished, reply, [reply, outcome] {
        *outcome = {true, reply->credentials(), reply->error()};
    });
}

//! Asks \a source and waits.
inline CredentialsOutcome outcomeOf(AppSync::CredentialsSource &source)
{
    CredentialsOutcome outcome;
    AppSync::CredentialsReply *reply = source.credentials();
    QSignalSpy finished(reply, &AppSync::Reply::finished);
    note(reply, &outcome);
    if (!finished.wait(20'000))
        QTest::qFail("the source gave no answer", __FILE__, __LINE__);
    return outcome;
}

//! A `Date` header of a server whose clock is \a ahead of that of \a home.
inline QPair<QByteArray, QByteArray> dateHeader(const AwsHome &home, std::chrono::seconds ahead)
{
    const QString date =
        QLocale::c().toString(home.in(ahead), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    return {"Date", date.toLatin1()};
}

//! Every text of \a error that a person may see.
inline QString wordsOf(const AppSync::Error &error)
{
    return error.toString() + error.code;
}

//! Whether it names nothing of what the servers and files of these tests hold as secret.
inline bool saysNoSecret(const AppSync::Error &error)
{
    const QString words = wordsOf(error);
    return !words.contains(QLatin1String("SECRET")) && !words.contains(QLatin1String("TOKEN"))
        && !words.contains(QLatin1String("DEVICECODE"));
}
