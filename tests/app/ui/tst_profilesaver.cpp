// SPDX-License-Identifier: Apache-2.0
#include "app/core/profilestore.h"
#include "app/ui/profilelist.h"
#include "app/ui/profilesaver.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::AuthMode;
using Syncscope::Notice;
using Syncscope::Profile;
using Syncscope::ProfileDraft;
using Syncscope::ProfileList;
using Syncscope::ProfileSaver;
using Syncscope::SecretReference;
using Syncscope::SecretRole;
using Syncscope::SecretStore;

namespace {
constexpr auto kSecret = "da2-the-secret-of-this-test";
}

//! Without a keychain, so that secrets are kept for this run.
class TestProfileSaver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); }
    void init();
    void secretsAreNotInTheFile();
    void whatCannotBeSavedLeavesNothing();
    void anEditKeepsTheSecret();
    void removalForgetsTheSecret();
    void theListSaysWhatItHas();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"profiles.json"_s); }
    [[nodiscard]] static ProfileDraft draft(const QString &name)
    {
        ProfileDraft draft;
        draft.profile.name = name;
        draft.profile.endpoint =
            u"https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/event"_s;
        draft.secrets.insert(SecretRole::ApiKey, QLatin1StringView(kSecret));
        return draft;
    }
    Profile save(const ProfileDraft &draft, const QString &savedName = {});
    QString secretAt(const SecretReference &reference);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<ProfileSaver> m_saver;
};

void TestProfileSaver::init()
{
    m_saver.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<SecretStore>();
    m_saver = std::make_unique<ProfileSaver>(path(), m_secrets.get());
}

Profile TestProfileSaver::save(const ProfileDraft &draft, const QString &savedName)
{
    Profile result;
    bool isDone = false;
    const auto saved =
        connect(m_saver.get(), &ProfileSaver::saved, this, [&](const Profile &profile) {
            result = profile;
            isDone = true;
        });
    const auto failed =
        connect(m_saver.get(), &ProfileSaver::failed, this, [&](const Notice &) { isDone = true; });
    m_saver->save(draft, savedName);
    [&] { QTRY_VERIFY(isDone); }();
    disconnect(saved);
    disconnect(failed);
    return result;
}

QString TestProfileSaver::secretAt(const SecretReference &reference)
{
    Syncscope::SecretReply *reply = m_secrets->read(reference);
    QString secret;
    bool isDone = false;
    connect(reply, &AppSync::Reply::finished, this, [&, reply] {
        secret = reply->secret();
        isDone = true;
    });
    [&] { QTRY_VERIFY(isDone); }();
    return secret;
}

void TestProfileSaver::secretsAreNotInTheFile()
{
    const Profile profile = save(draft(u"dev"_s));
    QCOMPARE(profile.name, u"dev"_s);
    QVERIFY(profile.apiKey.isSet());
    QCOMPARE(secretAt(profile.apiKey), QLatin1StringView(kSecret));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("dev"));
    QVERIFY(!text.contains(kSecret));
}

void TestProfileSaver::whatCannotBeSavedLeavesNothing()
{
    save(draft(u"dev"_s));
    QVERIFY(save(draft(u"dev"_s)).name.isEmpty()); // there is one already
    QVERIFY(save(draft(u"-dash"_s)).name.isEmpty());
    Syncscope::Problem problem;
    const auto store = Syncscope::ProfileStore::load(path(), &problem);
    QVERIFY(store);
    QCOMPARE(store->names(), QStringList{u"dev"_s});
}

void TestProfileSaver::anEditKeepsTheSecret()
{
    const Profile first = save(draft(u"dev"_s));
    ProfileDraft again(first);
    again.profile.name = u"renamed"_s;
    const Profile second = save(again, u"dev"_s);
    QCOMPARE(second.name, u"renamed"_s);
    QCOMPARE(secretAt(second.apiKey), QLatin1StringView(kSecret));
    // A mode that needs no key has none, and nobody else needs it.
    ProfileDraft other(second);
    other.profile.apiKey = {};
    other.setMode(ProfileDraft::Operation::Connect, AuthMode::None);
    save(other, u"renamed"_s);
    QTRY_VERIFY(secretAt(first.apiKey).isEmpty());
}

void TestProfileSaver::removalForgetsTheSecret()
{
    const Profile profile = save(draft(u"dev"_s));
    QVERIFY(!m_saver->remove(u"dev"_s).isProblem());
    QTRY_VERIFY(secretAt(profile.apiKey).isEmpty());
    QVERIFY(m_saver->remove(u"dev"_s).isProblem());
}

void TestProfileSaver::theListSaysWhatItHas()
{
    ProfileList list(path());
    QCOMPARE(list.count(), 0);
    QVERIFY(list.problem().isEmpty());
    save(draft(u"dev"_s));
    list.reload();
    QCOMPARE(list.count(), 1);
    QCOMPARE(list.rowOf(u"dev"_s), 0);
    const QModelIndex row = list.index(0);
    QCOMPARE(row.data(ProfileList::AuthRole).toString(), u"API key"_s);
    QCOMPARE(row.data(ProfileList::ServiceRole).toString(), u"Events"_s);
    QVERIFY(row.data(ProfileList::SecretsRole).toString().startsWith(u"API key"_s));
    QCOMPARE(list.freeName(u"dev"_s), u"dev 2"_s);
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ broken");
    file.close();
    list.reload();
    QCOMPARE(list.count(), 0);
    QVERIFY(!list.problem().isEmpty());
}

GUILESS_TEST(TestProfileSaver)
#include "tst_profilesaver.moc"
