// SPDX-License-Identifier: Apache-2.0
#include "app/ui/workspace.h"

#include "app/core/import/configurationimport.h"
#include "app/core/profilestore.h"

#include <AppSync/ApiKeyAuthorizer>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qint64 kLargestImport = 4 * 1024 * 1024;

QString besideProfiles(const QString &profilesPath, const QString &name)
{
    return QFileInfo(profilesPath).dir().filePath(name);
}

//! Recordings are data, and large: not what people back up and carry along with their configuration.
QString recordingsFolder(const QString &profilesPath)
{
    return profilesPath == ProfileStore::defaultPath()
        ? QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation))
              .filePath(u"recordings"_s)
        : besideProfiles(profilesPath, u"recordings"_s);
}

//! Where they were before.
void tidyFormerFolder(const QString &former)
{
    Recording::tidy(former);
    QDir().rmdir(former); // if it is empty
}

} // namespace

Workspace::Workspace(QObject *parent, const QString &profilesPath)
    : QObject(parent)
    , m_profiles(profilesPath.isEmpty() ? ProfileStore::defaultPath() : profilesPath)
    , m_saver(m_profiles.path(), &m_secrets)
    , m_sandbox(besideProfiles(m_profiles.path(), u"handlers"_s))
    , m_draftsFolder(besideProfiles(m_profiles.path(), u"graphql"_s))
    , m_recordingsFolder(recordingsFolder(m_profiles.path()))
{
    Recording::tidy(m_recordingsFolder);
    const QString former = besideProfiles(m_profiles.path(), u"recordings"_s);
    if (former != m_recordingsFolder)
        tidyFormerFolder(former);
    connect(&m_saver, &ProfileSaver::saved, this, &Workspace::onSaved);
    connect(&m_saver, &ProfileSaver::failed, this,
            [this](const Notice &notice) { setFormNotice(notice); });
    connect(&m_secrets, &SecretStore::stateChanged, this, &Workspace::secretsChanged);
    m_secrets.check();
    m_replayTargets.session = [this] { return eventsSession(); };
    m_replayTargets.isSandbox = [this] {
        const Session *open = eventsSession();
        return open && m_sandbox.isRunning()
            && open->client()->endpoint().http() == m_sandbox.endpoint().http();
    };
    m_replayTargets.openSandbox = [this] { return startSandbox() ? eventsSession() : nullptr; };
    connect(this, &Workspace::sessionChanged, &m_replayTargets, &ReplayTargets::changed);
    connect(&m_sandbox, &Sandbox::runningChanged, &m_replayTargets, &ReplayTargets::changed);
}

Workspace::~Workspace()
{
    m_draft.setClient(nullptr);
    m_test.dismiss();
}

QString Workspace::version() const
{
    return QCoreApplication::applicationVersion();
}

void Workspace::openSandbox()
{
    m_captures.setCurrent(-1);
    (void)startSandbox();
}

bool Workspace::startSandbox()
{
    if (!m_sandbox.start())
        return false;
    const auto session = [this](const AppSync::Endpoint &endpoint) {
        return std::make_unique<Session>(
            endpoint, new AppSync::ApiKeyAuthorizer(m_sandbox.apiKey()), tr("Sandbox"));
    };
    start(session(m_sandbox.endpoint()), [this, session] {
        auto graphQl = session(m_sandbox.graphQlEndpoint());
        // Its port is another one each time.
        graphQl->graphQl()->keepIn(m_draftsFolder, u"sandbox"_s, Sandbox::sampleDocument(),
                                   Sandbox::sampleVariables());
        return graphQl;
    });
    eventsSession()->subscriptions()->add(Sandbox::demoChannel());
    // Something to publish at once; what the user wrote stays.
    if (m_draft.channel().isEmpty() && m_draft.text().isEmpty()) {
        m_draft.setChannel(u"/demo/hello"_s);
        m_draft.setText(u"{\n  \"text\": \"Hello from Syncscope\"\n}"_s);
    }
    return true;
}

void Workspace::openForm()
{
    if (m_form.canConnect())
        open(m_form.draft(), m_form.savedName(), m_form.savedName());
}

void Workspace::testForm()
{
    if (!m_form.canConnect())
        return;
    if (auto made = access(m_form.draft(), m_form.savedName()))
        m_test.start(m_form.address(), m_form.endpoint(), std::move(made));
}

void Workspace::saveForm()
{
    if (!m_form.canSave() || m_saver.isBusy())
        return;
    setFormNotice({});
    ProfileDraft draft = m_form.draft();
    if (draft.profile.name.trimmed().isEmpty())
        draft.profile.name = m_profiles.freeName(m_form.suggestedName());
    m_saver.save(draft, m_form.savedName());
}

void Workspace::newProfile()
{
    m_form.clear();
    m_test.dismiss();
    setImported({}); // and the secrets in it
    setFormNotice({});
}

void Workspace::openProfile(int row)
{
    if (row < 0 || row >= m_profiles.count())
        return;
    const Profile profile = m_profiles.profile(row);
    m_test.dismiss();
    setFormNotice({});
    setImported({});
    m_form.edit(profile);
    if (m_form.canConnect())
        open(ProfileDraft(profile), profile.name, profile.name);
}

void Workspace::editProfile(int row)
{
    if (row < 0 || row >= m_profiles.count())
        return;
    m_test.dismiss();
    setFormNotice({});
    setImported({});
    m_form.edit(m_profiles.profile(row));
}

void Workspace::removeProfile(int row)
{
    if (row < 0 || row >= m_profiles.count())
        return;
    const QString name = m_profiles.profile(row).name;
    const Problem problem = m_saver.remove(name);
    m_profiles.reload();
    if (problem.isProblem())
        return setFormProblem(problem);
    if (m_form.savedName() == name)
        m_form.clear();
    setFormNotice({}, tr("Removed %1, and its secrets from the keychain.").arg(name));
}

void Workspace::dismissFormNotice()
{
    setFormNotice({});
}

void Workspace::importFile(const QUrl &file)
{
    const QString path = file.toLocalFile();
    const QString name = QFileInfo(path).fileName();
    QFile source(path);
    // A pipe or a device may have no end.
    if (path.isEmpty() || !QFileInfo(path).isFile() || !source.open(QIODevice::ReadOnly)) {
        setFormProblem(Problem::file(tr("The file %1 cannot be read.").arg(name),
                                     tr("Drop a file of this computer.")));
        return;
    }
    if (source.size() > kLargestImport) {
        setFormProblem(Problem::file(tr("%1 is too large for a file of configuration.").arg(name)));
        return;
    }
    importText(QString::fromUtf8(source.readAll()), name);
}

void Workspace::importPath(const QString &path)
{
    importFile(path.startsWith(u"file:"_s) ? QUrl(path) : QUrl::fromLocalFile(path));
}

void Workspace::importText(const QString &text, const QString &fileName)
{
    const ImportResult result = importConfiguration(text.toUtf8(), fileName);
    if (result.problem.isProblem() || result.profiles.isEmpty()) {
        setFormProblem(result.problem.isProblem()
                           ? result.problem
                           : Problem::file(tr("There is nothing about AppSync in it.")));
        return;
    }
    m_importedKind = result.kind;
    setImported(result.profiles);
    chooseImported(0);
}

void Workspace::chooseImported(int index)
{
    if (index < 0 || index >= m_imported.size())
        return;
    m_current = index;
    const ImportedProfile &imported = m_imported.at(index);
    ProfileDraft draft(imported.profile);
    draft.profile.name = m_profiles.freeName(imported.profile.name);
    draft.secrets = imported.secrets;
    QStringList remarks{tr("Taken from: %1.").arg(m_importedKind)};
    for (const QString &sentence : imported.missing)
        remarks += tr("Still missing: %1").arg(sentence);
    m_test.dismiss();
    setFormNotice({});
    m_form.propose(draft, remarks + imported.notes);
    Q_EMIT importedChanged();
}

void Workspace::setImported(const QList<ImportedProfile> &profiles)
{
    m_imported = profiles;
    m_current = -1;
    Q_EMIT importedChanged();
}

QStringList Workspace::importedNames() const
{
    QStringList names;
    for (const ImportedProfile &imported : m_imported)
        names += imported.profile.name;
    return names;
}

std::unique_ptr<Access> Workspace::access(const ProfileDraft &draft, const QString &savedName)
{
    Problem problem;
    auto made = Access::make(draft, &m_secrets, &problem);
    if (!made) {
        setFormProblem(problem);
        return nullptr;
    }
    connect(made->signIn(), &SignIn::interactionRequired, &m_interactions, &InteractionQueue::add);
    connect(made->signIn(), &SignIn::sessionStored, this,
            [this, savedName](const SecretReference &reference) {
                onSessionStored(savedName, reference);
            });
    return made;
}

void Workspace::open(const ProfileDraft &draft, const QString &savedName, const QString &title)
{
    setFormNotice({});
    auto session = make(draft, savedName, title);
    if (!session)
        return;
    m_test.dismiss();
    m_captures.setCurrent(-1);
    const auto other = draft.otherService();
    start(
        std::move(session), !other ? MakeSession() : [this, other = *other, savedName, title] {
            return make(other, savedName, title);
        });
}

std::unique_ptr<Session> Workspace::make(const ProfileDraft &draft, const QString &savedName,
                                         const QString &title)
{
    auto made = access(draft, savedName);
    if (!made)
        return nullptr;
    const AppSync::Endpoint endpoint = ConnectionForm::endpointOf(draft.profile);
    auto session = std::make_unique<Session>(endpoint, std::move(made), title);
    if (session->graphQl())
        session->graphQl()->keepIn(m_draftsFolder, GraphQlDraft::nameOf(endpoint.http()));
    return session;
}

void Workspace::onSaved(const Profile &profile)
{
    m_profiles.reload();
    if (m_imported.size() == 1)
        setImported({});
    m_form.setSaved(profile);
    setFormNotice({}, tr("Saved as %1. %2").arg(profile.name, m_secrets.stateText()));
}

void Workspace::onSessionStored(const QString &savedName, const SecretReference &reference)
{
    if (savedName.isEmpty()) {
        m_form.setSession(reference);
        return;
    }
    const Problem problem = m_saver.setSession(savedName, reference);
    m_profiles.reload();
    if (m_form.savedName() == savedName)
        m_form.setSession(reference);
    if (problem.isProblem())
        setFormProblem(problem);
}

void Workspace::setFormNotice(const Notice &notice, const QString &message)
{
    m_formNotice = notice;
    m_formMessage = message;
    Q_EMIT formNoticeChanged();
}

void Workspace::setFormProblem(const Problem &problem)
{
    setFormNotice(Notice::fromError(problem.toError()));
}

void Workspace::choose()
{
    m_captures.setCurrent(-1);
    setChoosing(true);
}

void Workspace::cancelChoosing()
{
    if (session())
        setChoosing(false);
}

void Workspace::start(std::unique_ptr<Session> session, const MakeSession &makeOther)
{
    auto previous = std::exchange(m_sessions, {});
    m_makeOther = makeOther;
    m_draft.setClient(nullptr);
    adopt(std::move(session));
    // QML's pages of the old sessions end with the next turn of the event loop: the sessions must live until then.
    for (std::unique_ptr<Session> &old : previous) {
        if (old)
            old.release()->deleteLater();
    }
}

void Workspace::adopt(std::unique_ptr<Session> session)
{
    m_shown = session->service();
    m_sessions[std::size_t(m_shown)] = std::move(session);
    Session *shown = this->session();
    shown->record(m_recordingsFolder);
    shown->setRetention(m_retention);
    connect(&m_retention, &Retention::changed, shown,
            [this, shown] { shown->setRetention(m_retention); });
    if (shown->client()) {
        m_draft.setClient(shown->client(), shown->claimsOf(ProfileDraft::Operation::Publish));
        m_draft.results()->setLedger(shown->statistics()->ledger());
        connect(shown->signIn(), &SignInStatus::changed, &m_draft, &PublishDraft::refresh);
    }
    Q_EMIT sessionChanged();
    setChoosing(false); // before opening asks for a password, which then has the keyboard
    shown->open();
}

void Workspace::showService(Session::Service service)
{
    if (service == m_shown || !hasBothServices())
        return;
    m_captures.setCurrent(-1);
    if (!sessionOf(service)) {
        if (auto session = m_makeOther())
            adopt(std::move(session));
        else
            setChoosing(true); // where it says what is missing
        return;
    }
    m_shown = service;
    Q_EMIT sessionChanged();
}

void Workspace::setChoosing(bool choosing)
{
    if (m_choosing == choosing)
        return;
    m_choosing = choosing;
    Q_EMIT choosingChanged();
}

} // namespace Syncscope
