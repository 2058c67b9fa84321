// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>

#include <QObject>
#include <QTemporaryDir>
#include <QUrl>

//! A silent local AppSync that the QML tests command: nothing arrives unless a test publishes it.
class TestServer : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString url READ url NOTIFY changed)
    Q_PROPERTY(QString apiKey READ apiKey NOTIFY changed)
    Q_PROPERTY(QString accessKeyId READ accessKeyId NOTIFY changed)
    Q_PROPERTY(QString region READ region NOTIFY changed)
    //! Of its user pool, which start() makes programs find.
    Q_PROPERTY(QString userPoolId READ userPoolId NOTIFY changed)
    Q_PROPERTY(QString userPoolClientId READ userPoolClientId NOTIFY changed)
    Q_PROPERTY(QString username READ username NOTIFY changed)
    Q_PROPERTY(QString password READ password NOTIFY changed)
    //! Folder for pictures of what the tests reach; empty: none are taken.
    Q_PROPERTY(QString pictures READ pictures CONSTANT)

public:
    explicit TestServer(QObject *parent = nullptr);

    [[nodiscard]] QString url() const { return m_emulator.httpUrl().toString(); }
    [[nodiscard]] QString apiKey() const { return m_emulator.apiKey(); }
    [[nodiscard]] QString accessKeyId() const { return m_emulator.accessKeyId(); }
    [[nodiscard]] QString region() const { return m_emulator.region(); }
    [[nodiscard]] QString userPoolId() const { return m_emulator.userPoolId(); }
    [[nodiscard]] QString userPoolClientId() const { return m_emulator.userPoolClientId(); }
    [[nodiscard]] QString username() const { return m_emulator.username(); }
    [[nodiscard]] QString password() const { return m_emulator.password(); }
    [[nodiscard]] QString pictures() const
    {
        return qEnvironmentVariable("SYNCSCOPE_TEST_PICTURES");
    }

    Q_INVOKABLE bool start();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void dropConnections() { m_emulator.dropConnections(); }
    //! Publishes as somebody else would, one event after the other: requests side by side may overtake each other.
    Q_INVOKABLE void publish(const QString &channel, const QString &json);
    Q_INVOKABLE void publishMany(const QString &channel, int count);
    //! What the next operations suffer.
    Q_INVOKABLE void refuseUpgrades(int status);
    Q_INVOKABLE [[nodiscard]] QString clipboard() const;
    //! A file of that name in a folder of the tests' own.
    Q_INVOKABLE [[nodiscard]] QUrl file(const QString &name) const
    {
        return QUrl::fromLocalFile(m_folder.filePath(name));
    }
    Q_INVOKABLE [[nodiscard]] bool exists(const QString &url) const
    {
        return QFile::exists(QUrl(url).toLocalFile());
    }
    Q_INVOKABLE [[nodiscard]] bool write(const QUrl &file, const QString &text) const;

Q_SIGNALS:
    void changed();

private:
    void publishNext();

    QList<QPair<QString, QByteArray>> m_waiting; //!< events; the first one is under way
    AppSync::Emulator m_emulator;
    AppSync::ApiKeyAuthorizer m_authorizer;
    AppSync::EventsClient m_publisher;
    QTemporaryDir m_folder;
};
