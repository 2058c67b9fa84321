// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/fieldmodel.h"
#include "app/ui/notice.h"

#include <AppSync/Endpoint>

#include <QObject>
#include <QStringList>
#include <QtQml/qqml.h>

namespace Syncscope {

//! The editor of a profile: what the user typed to connect, judged while it is typed. What is typed stays in
//! memory until it is saved.
class ConnectionForm : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed FINAL)
    Q_PROPERTY(QString address READ address WRITE setAddress NOTIFY changed FINAL)
    Q_PROPERTY(QString realtime READ realtime WRITE setRealtime NOTIFY changed FINAL)
    Q_PROPERTY(QString region READ region WRITE setRegion NOTIFY changed FINAL)
    //! The key or token of the mode for connecting.
    Q_PROPERTY(QString credential READ credential WRITE setCredential NOTIFY changed FINAL)

    //! The modes that a row offers, and which is chosen: in the first row of modeNames, in the others of
    //! otherModeNames, whose first says that it is the same as above.
    Q_PROPERTY(QStringList modeNames READ modeNames CONSTANT FINAL)
    Q_PROPERTY(QStringList subscribeModeNames READ subscribeModeNames NOTIFY changed FINAL)
    Q_PROPERTY(QStringList publishModeNames READ publishModeNames NOTIFY changed FINAL)
    Q_PROPERTY(int connectMode READ connectMode WRITE setConnectMode NOTIFY changed FINAL)
    Q_PROPERTY(int subscribeMode READ subscribeMode WRITE setSubscribeMode NOTIFY changed FINAL)
    Q_PROPERTY(int publishMode READ publishMode WRITE setPublishMode NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::FieldModel *fields READ fields CONSTANT FINAL)

    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY changed FINAL)
    Q_PROPERTY(bool isValid READ isValid NOTIFY changed FINAL)
    Q_PROPERTY(bool canConnect READ canConnect NOTIFY changed FINAL)
    Q_PROPERTY(bool canSave READ canSave NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::Notice problem READ problem NOTIFY changed FINAL)
    Q_PROPERTY(QString httpUrl READ httpUrl NOTIFY changed FINAL)
    //! The address is one of GraphQL: what publishes in Events, queries and mutates there.
    Q_PROPERTY(bool isGraphQl READ isGraphQl NOTIFY changed FINAL)
    //! What the address alone gives: shown where the user typed nothing.
    Q_PROPERTY(QString derivedRealtime READ derivedRealtime NOTIFY changed FINAL)
    Q_PROPERTY(QString derivedRegion READ derivedRegion NOTIFY changed FINAL)
    //! What keeps the form from connecting, apart from the address.
    Q_PROPERTY(QString missing READ missing NOTIFY changed FINAL)
    //! Of a saved profile that is edited; empty: it is a new one.
    Q_PROPERTY(QString savedName READ savedName NOTIFY changed FINAL)
    Q_PROPERTY(QString suggestedName READ suggestedName NOTIFY changed FINAL)
    //! Where this was imported from and what it did not say, a sentence each.
    Q_PROPERTY(QStringList remarks READ remarks NOTIFY changed FINAL)

public:
    explicit ConnectionForm(QObject *parent = nullptr);

    [[nodiscard]] QString name() const { return m_draft.profile.name; }
    void setName(const QString &name);
    [[nodiscard]] QString address() const { return m_draft.profile.endpoint; }
    void setAddress(const QString &address);
    [[nodiscard]] QString realtime() const { return m_draft.profile.realtime; }
    void setRealtime(const QString &realtime);
    [[nodiscard]] QString region() const { return m_draft.profile.region; }
    void setRegion(const QString &region);
    [[nodiscard]] QString credential() const;
    void setCredential(const QString &credential);

    [[nodiscard]] static QStringList modeNames();
    [[nodiscard]] QStringList subscribeModeNames() const;
    [[nodiscard]] QStringList publishModeNames() const;
    [[nodiscard]] int connectMode() const;
    void setConnectMode(int index);
    [[nodiscard]] int subscribeMode() const;
    void setSubscribeMode(int index);
    [[nodiscard]] int publishMode() const;
    void setPublishMode(int index);
    //! By mode, as the rows do by index. Unset: the same as above.
    void setMode(ProfileDraft::Operation operation, std::optional<AuthMode> mode);
    void setWay(AuthMode mode, ProfileDraft::Way way);
    [[nodiscard]] FieldModel *fields() { return &m_fields; }

    [[nodiscard]] bool isEmpty() const { return address().trimmed().isEmpty(); }
    [[nodiscard]] bool isValid() const { return !isEmpty() && problem().isEmpty(); }
    [[nodiscard]] bool canConnect() const { return isValid() && missing().isEmpty(); }
    //! What is missing may be added later, but a profile without an endpoint is none.
    [[nodiscard]] bool canSave() const { return isValid(); }
    [[nodiscard]] Notice problem() const;
    [[nodiscard]] QString httpUrl() const;
    [[nodiscard]] bool isGraphQl() const;
    [[nodiscard]] QString derivedRealtime() const;
    [[nodiscard]] QString derivedRegion() const;
    [[nodiscard]] QString missing() const;
    [[nodiscard]] QString savedName() const { return m_savedName; }
    [[nodiscard]] QString suggestedName() const;
    [[nodiscard]] QStringList remarks() const { return m_remarks; }

    [[nodiscard]] AppSync::Endpoint endpoint() const { return m_endpoint; }
    [[nodiscard]] const ProfileDraft &draft() const { return m_draft; }
    //! Shows \a profile, which is saved under its name.
    void edit(const Profile &profile);
    //! Shows what is not saved yet, with \a remarks.
    void propose(const ProfileDraft &draft, const QStringList &remarks);
    //! It has been saved as \a profile: no secret is typed any more, all are kept.
    void setSaved(const Profile &profile);
    //! Where the session of what is edited is kept.
    void setSession(const SecretReference &reference);
    //! Empties it.
    Q_INVOKABLE void clear();

    //! The endpoint that \a profile names, with what it says besides.
    [[nodiscard]] static AppSync::Endpoint endpointOf(const Profile &profile);

Q_SIGNALS:
    void changed();

private:
    void set(QString &member, const QString &value);
    void load(const ProfileDraft &draft, const QString &savedName, const QStringList &remarks);
    [[nodiscard]] QStringList otherModeNames(AuthMode above) const;
    [[nodiscard]] int otherMode(ProfileDraft::Operation operation) const;
    void setOtherMode(ProfileDraft::Operation operation, int index);
    void judge();
    void update();

    ProfileDraft m_draft;
    FieldModel m_fields;
    QString m_savedName;
    QStringList m_remarks;
    AppSync::Endpoint m_derived; //!< of the address and the region
    AppSync::Endpoint m_endpoint; //!< with the realtime URL, if one was typed
};

} // namespace Syncscope
