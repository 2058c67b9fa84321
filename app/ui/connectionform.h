// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/notice.h"

#include <AppSync/Endpoint>

#include <QObject>
#include <QtQml/qqml.h>

namespace AppSync {
class Authorizer;
}

namespace Syncscope {

//! What the user typed to connect, judged while it is typed. Credentials stay in memory.
class ConnectionForm : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString address READ address WRITE setAddress NOTIFY changed FINAL)
    Q_PROPERTY(QString realtime READ realtime WRITE setRealtime NOTIFY changed FINAL)
    Q_PROPERTY(QString region READ region WRITE setRegion NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::ConnectionForm::Auth auth READ auth WRITE setAuth NOTIFY changed FINAL)
    Q_PROPERTY(QString credential READ credential WRITE setCredential NOTIFY changed FINAL)

    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY changed FINAL)
    Q_PROPERTY(bool isValid READ isValid NOTIFY changed FINAL)
    Q_PROPERTY(bool canConnect READ canConnect NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::Notice problem READ problem NOTIFY changed FINAL)
    Q_PROPERTY(QString httpUrl READ httpUrl NOTIFY changed FINAL)
    //! What the address alone gives: shown where the user typed nothing.
    Q_PROPERTY(QString derivedRealtime READ derivedRealtime NOTIFY changed FINAL)
    Q_PROPERTY(QString derivedRegion READ derivedRegion NOTIFY changed FINAL)
    //! What keeps the form from connecting, apart from the address.
    Q_PROPERTY(QString missing READ missing NOTIFY changed FINAL)

public:
    enum class Auth { ApiKey, Token };
    Q_ENUM(Auth)

    explicit ConnectionForm(QObject *parent = nullptr);

    [[nodiscard]] QString address() const { return m_address; }
    void setAddress(const QString &address);
    [[nodiscard]] QString realtime() const { return m_realtime; }
    void setRealtime(const QString &realtime);
    [[nodiscard]] QString region() const { return m_region; }
    void setRegion(const QString &region);
    [[nodiscard]] Auth auth() const { return m_auth; }
    void setAuth(Auth auth);
    [[nodiscard]] QString credential() const { return m_credential; }
    void setCredential(const QString &credential);

    [[nodiscard]] bool isEmpty() const { return m_address.trimmed().isEmpty(); }
    [[nodiscard]] bool isValid() const { return !isEmpty() && problem().isEmpty(); }
    [[nodiscard]] bool canConnect() const { return isValid() && missing().isEmpty(); }
    [[nodiscard]] Notice problem() const;
    [[nodiscard]] QString httpUrl() const;
    [[nodiscard]] QString derivedRealtime() const;
    [[nodiscard]] QString derivedRegion() const;
    [[nodiscard]] QString missing() const;

    [[nodiscard]] AppSync::Endpoint endpoint() const { return m_endpoint; }
    //! A new authorizer with the typed credential, owned by the caller.
    [[nodiscard]] AppSync::Authorizer *createAuthorizer(QObject *parent) const;

Q_SIGNALS:
    void changed();

private:
    void set(QString &member, const QString &value);
    void judge();

    QString m_address;
    QString m_realtime;
    QString m_region;
    QString m_credential;
    Auth m_auth = Auth::ApiKey;
    AppSync::Endpoint m_derived; //!< of the address and the region
    AppSync::Endpoint m_endpoint; //!< with the realtime URL, if one was typed
};

} // namespace Syncscope
