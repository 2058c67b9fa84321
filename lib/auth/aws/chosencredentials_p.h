// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"

#include <functional>

namespace AppSync {

//! Works for a source that reads the configuration files to find out which other source it stands for: keeps
//! that one as long as the files say the same.
class ChosenCredentials : public QObject {
    Q_OBJECT

public:
    //! Makes the source that \a context leads to, owned by \a parent, or says in \a error why there is none.
    using Choose = std::function<FetchedCredentials *(const AwsContext &context, QObject *parent,
                                                      Error *error)>;

    //! Belongs to \a owner, which is asked for people.
    ChosenCredentials(Choose choose, CredentialsSource *owner);

    CredentialsReply *credentials();
    bool invalidate();
    //! Those who wait get Error::Kind::Cancelled; the next one who asks has the choice made anew.
    void restart();

    [[nodiscard]] const FetchedCredentials *source() const { return m_source; } //!< null: not yet
    //! To be changed before restart().
    [[nodiscard]] AwsContext &context() { return m_context; }
    //! What the files say, read if they have not been; empty where they cannot be.
    [[nodiscard]] const AwsConfig &config();

Q_SIGNALS:
    //! What the source answered last.
    void answered(const AppSync::Error &error);

private:
    [[nodiscard]] Error read();
    //! Whether the files say something else than before, so that the choice has to be made anew.
    bool hasChanged();

    Choose m_choose;
    CredentialsSource *m_owner;
    AwsContext m_context{AwsEnvironment::system(), {}, {}};
    FetchedCredentials *m_source = nullptr;
    bool m_isRead = false;
    bool m_hasFailed = false; //!< the last answer was an error
};

} // namespace AppSync
