// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/import/importresult.h"
#include "app/core/secretstore.h"
#include "app/ui/capture/captureshelf.h"
#include "app/ui/capture/retention.h"
#include "app/ui/connectionform.h"
#include "app/ui/connectiontest.h"
#include "app/ui/interactionqueue.h"
#include "app/ui/profilelist.h"
#include "app/ui/profilesaver.h"
#include "app/ui/publishdraft.h"
#include "app/ui/sandbox/sandbox.h"
#include "app/ui/session.h"

#include <QObject>
#include <QtQml/qqml.h>

#include <array>
#include <functional>
#include <memory>

namespace Syncscope {

//! The root of what the window shows: the saved profiles, the connection form, the open session, the draft,
//! and what a sign-in asks.
class Workspace : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Syncscope::ConnectionForm *form READ form CONSTANT FINAL)
    Q_PROPERTY(Syncscope::PublishDraft *draft READ draft CONSTANT FINAL)
    //! The one that is shown.
    Q_PROPERTY(Syncscope::Session *session READ session NOTIFY sessionChanged FINAL)
    //! Those of the API that is open, by service; null: not opened.
    Q_PROPERTY(Syncscope::Session *eventsSession READ eventsSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(Syncscope::Session *graphQlSession READ graphQlSession NOTIFY sessionChanged FINAL)
    //! The API has Events and GraphQL: showService() changes between them.
    Q_PROPERTY(bool hasBothServices READ hasBothServices NOTIFY sessionChanged FINAL)
    Q_PROPERTY(Syncscope::CaptureShelf *captures READ captures CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Retention *retention READ retention CONSTANT FINAL)
    //! True while the page with the ways to connect is shown.
    Q_PROPERTY(bool choosing READ isChoosing NOTIFY choosingChanged FINAL)
    Q_PROPERTY(Syncscope::Sandbox *sandbox READ sandbox CONSTANT FINAL)
    Q_PROPERTY(QString version READ version CONSTANT FINAL)
    Q_PROPERTY(Syncscope::ProfileList *profiles READ profiles CONSTANT FINAL)
    Q_PROPERTY(Syncscope::InteractionQueue *interactions READ interactions CONSTANT FINAL)
    Q_PROPERTY(Syncscope::ConnectionTest *test READ test CONSTANT FINAL)
    //! Why saving, importing or connecting did not work.
    Q_PROPERTY(Syncscope::Notice formNotice READ formNotice NOTIFY formNoticeChanged FINAL)
    //! What went well, in a sentence; empty: nothing new.
    Q_PROPERTY(QString formMessage READ formMessage NOTIFY formNoticeChanged FINAL)
    //! What the imported file has, where it has several, and which of them is in the form.
    Q_PROPERTY(QStringList importedNames READ importedNames NOTIFY importedChanged FINAL)
    Q_PROPERTY(int imported READ imported NOTIFY importedChanged FINAL)
    //! Where secrets are kept, and how that gets better.
    Q_PROPERTY(QString secretsText READ secretsText NOTIFY secretsChanged FINAL)
    Q_PROPERTY(QString secretsNextStep READ secretsNextStep NOTIFY secretsChanged FINAL)

public:
    //! \a profilesPath: the file of the profiles; empty: the user's. What else is kept is beside it.
    explicit Workspace(QObject *parent = nullptr, const QString &profilesPath = {});
    ~Workspace() override;

    [[nodiscard]] ConnectionForm *form() { return &m_form; }
    [[nodiscard]] PublishDraft *draft() { return &m_draft; }
    [[nodiscard]] Session *session() const { return m_sessions[std::size_t(m_shown)].get(); }
    [[nodiscard]] Session *eventsSession() const { return sessionOf(Session::Service::Events); }
    [[nodiscard]] Session *graphQlSession() const { return sessionOf(Session::Service::GraphQl); }
    [[nodiscard]] bool hasBothServices() const { return m_makeOther != nullptr; }
    [[nodiscard]] CaptureShelf *captures() { return &m_captures; }
    [[nodiscard]] Retention *retention() { return &m_retention; }
    [[nodiscard]] Sandbox *sandbox() { return &m_sandbox; }
    [[nodiscard]] bool isChoosing() const { return m_choosing; }
    [[nodiscard]] QString version() const;
    [[nodiscard]] ProfileList *profiles() { return &m_profiles; }
    [[nodiscard]] InteractionQueue *interactions() { return &m_interactions; }
    [[nodiscard]] ConnectionTest *test() { return &m_test; }
    [[nodiscard]] SecretStore *secrets() { return &m_secrets; }
    [[nodiscard]] Notice formNotice() const { return m_formNotice; }
    [[nodiscard]] QString formMessage() const { return m_formMessage; }
    [[nodiscard]] QStringList importedNames() const;
    [[nodiscard]] int imported() const { return m_current; }
    [[nodiscard]] QString secretsText() const { return m_secrets.stateText(); }
    [[nodiscard]] QString secretsNextStep() const { return m_secrets.nextStep(); }

    //! Starts the local AppSync, connects to it and subscribes to the demo.
    Q_INVOKABLE void openSandbox();
    //! Shows the other service of the same API, and connects to it if that is not done yet.
    Q_INVOKABLE void showService(Syncscope::Session::Service service);
    //! Connects to what the form says; does nothing unless the form can connect.
    Q_INVOKABLE void openForm();
    //! Tries what the form says, step by step.
    Q_INVOKABLE void testForm();
    //! Saves what the form says, under a name of its own if none was typed.
    Q_INVOKABLE void saveForm();
    //! An empty form for another profile.
    Q_INVOKABLE void newProfile();
    //! Connects to a saved profile; shows it in the form where something is missing.
    Q_INVOKABLE void openProfile(int row);
    Q_INVOKABLE void editProfile(int row);
    //! Takes it out of the file, and its secrets out of the keychain.
    Q_INVOKABLE void removeProfile(int row);
    Q_INVOKABLE void dismissFormNotice();
    //! Shows what a file of configuration says in the form, with what it does not say.
    Q_INVOKABLE void importFile(const QUrl &file);
    Q_INVOKABLE void importPath(const QString &path);
    //! The same with text that was dropped or pasted.
    Q_INVOKABLE void importText(const QString &text, const QString &fileName = {});
    //! Another profile of the imported file.
    Q_INVOKABLE void chooseImported(int index);
    //! Shows the ways to connect; the session stays.
    Q_INVOKABLE void choose();
    //! Back to the session, if there is one.
    Q_INVOKABLE void cancelChoosing();

Q_SIGNALS:
    void sessionChanged();
    void choosingChanged();
    void formNoticeChanged();
    void secretsChanged();
    void importedChanged();

private:
    void setImported(const QList<ImportedProfile> &profiles);
    std::unique_ptr<Access> access(const ProfileDraft &draft, const QString &savedName);
    void open(const ProfileDraft &draft, const QString &savedName, const QString &title);
    void onSaved(const Profile &profile);
    void onSessionStored(const QString &savedName, const SecretReference &reference);
    void setFormNotice(const Notice &notice, const QString &message = {});
    void setFormProblem(const Problem &problem);
    using MakeSession = std::function<std::unique_ptr<Session>()>;
    //! \a makeOther: makes the session of the other service; null where there is none.
    void start(std::unique_ptr<Session> session, const MakeSession &makeOther = {});
    void adopt(std::unique_ptr<Session> session);
    bool startSandbox();
    std::unique_ptr<Session> make(const ProfileDraft &draft, const QString &savedName,
                                  const QString &title);
    [[nodiscard]] Session *sessionOf(Session::Service service) const
    {
        return m_sessions[std::size_t(service)].get();
    }
    void setChoosing(bool choosing);

    SecretStore m_secrets;
    ProfileList m_profiles;
    ProfileSaver m_saver;
    InteractionQueue m_interactions;
    ConnectionForm m_form;
    ConnectionTest m_test;
    Notice m_formNotice;
    QString m_formMessage;
    QString m_importedKind;
    QList<ImportedProfile> m_imported;
    int m_current = -1; //!< of m_imported
    PublishDraft m_draft;
    Sandbox m_sandbox;
    ReplayTargets m_replayTargets;
    CaptureShelf m_captures{&m_replayTargets};
    Retention m_retention;
    const QString m_draftsFolder; //!< of GraphQL
    const QString m_recordingsFolder;
    std::array<std::unique_ptr<Session>, 2> m_sessions; //!< by service
    Session::Service m_shown = Session::Service::Events;
    MakeSession m_makeOther;
    bool m_choosing = true;
};

} // namespace Syncscope
