// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/secretstore.h"
#include "app/ui/notice.h"
#include "app/ui/profiledraft.h"

#include <AppSync/Reply>

namespace Syncscope {

//! Puts a profile into its file and its secrets where secrets belong; and takes both out again. One thing at a
//! time.
class ProfileSaver : public QObject {
    Q_OBJECT

public:
    //! \a secrets is not owned.
    ProfileSaver(const QString &path, SecretStore *secrets, QObject *parent = nullptr);

    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    //! Saves \a draft in the place of the profile \a savedName; empty: as a new one. saved() or failed()
    //! follows; nothing of the file has changed then.
    void save(const ProfileDraft &draft, const QString &savedName);
    //! Takes the profile \a name out of the file, then its secrets out of the keychain.
    [[nodiscard]] Problem remove(const QString &name);
    //! Where the session of the saved profile \a name is from now on.
    [[nodiscard]] Problem setSession(const QString &name, const SecretReference &reference);

Q_SIGNALS:
    void saved(const Syncscope::Profile &profile);
    void failed(const Syncscope::Notice &notice);

private:
    [[nodiscard]] Problem check() const;
    void writeNext();
    void onWritten(SecretReply *reply);
    void writeProfile();
    void end(const Notice &notice);
    //! Forgets the secrets of \a before that nobody refers to any more.
    void tidy(const Profile &before, const QString &nameNow);

    const QString m_path;
    SecretStore *const m_secrets;
    bool m_isBusy = false;
    ProfileDraft m_draft;
    QString m_savedName;
    QList<SecretRole> m_roles; //!< whose secrets are still to be written
    QStringList m_newKeys; //!< written for this profile, to be removed if it cannot be saved
};

} // namespace Syncscope
