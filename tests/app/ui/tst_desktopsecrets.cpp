// SPDX-License-Identifier: Apache-2.0
#include "app/ui/workspace.h"
#include "tests/shared/leaks.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QAbstractItemModel>
#include <QDirIterator>
#include <QMetaProperty>
#include <QSet>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;
using Operation = ProfileDraft::Operation;
using Way = ProfileDraft::Way;

namespace {

//! Every text that a window can bind to, from one object on: properties, models, values and their members.
class Texts {
public:
    void addObject(const QObject *object)
    {
        // The form holds what the user types, and shows it as dots.
        if (!object || m_seen.contains(object) || qobject_cast<const ConnectionForm *>(object))
            return;
        m_seen.insert(object);
        for (int i = 0; i < object->metaObject()->propertyCount(); ++i)
            add(object->metaObject()->property(i).read(object));
        if (const auto *model = qobject_cast<const QAbstractItemModel *>(object))
            addModel(*model);
    }
    void add(const QVariant &value)
    {
        if (value.canConvert<QObject *>())
            return addObject(value.value<QObject *>());
        if (value.typeId() == QMetaType::QVariantMap) {
            const QVariantMap map = value.toMap();
            for (const QVariant &member : map)
                add(member);
        } else if (value.canConvert<QVariantList>() && value.typeId() != QMetaType::QString) {
            const QVariantList list = value.toList();
            for (const QVariant &element : list)
                add(element);
        } else if (value.metaType().flags().testFlag(QMetaType::IsGadget)) {
            const QMetaObject *meta = value.metaType().metaObject();
            for (int i = 0; i < meta->propertyCount(); ++i)
                add(meta->property(i).readOnGadget(value.constData()));
        } else {
            m_text += value.toString().toUtf8() + '\n';
        }
    }
    [[nodiscard]] QByteArray text() const { return m_text; }

private:
    void addModel(const QAbstractItemModel &model)
    {
        const QList<int> roles = model.roleNames().keys();
        for (int row = 0; row < model.rowCount(); ++row) {
            for (const int role : roles)
                add(model.index(row, 0).data(role));
        }
    }

    QSet<const QObject *> m_seen;
    QByteArray m_text;
};

} // namespace

//! The property: no secret that was typed stands in anything that the desktop shows or writes, in whatever
//! form, even if the server repeats all that it is sent.
class TestDesktopSecrets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsAllTexts();
    void none_data();
    void none();

private:
    Leaks::Secrets m_secrets;
};

void TestDesktopSecrets::initTestCase()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // nobody's own keychain
}

//! The search itself would notice.
void TestDesktopSecrets::readsAllTexts()
{
    const QTemporaryDir folder;
    Workspace workspace(nullptr, folder.filePath(u"profiles.json"_s));
    workspace.importText(u"what was dropped"_s, u"its name.txt"_s);
    workspace.draft()->setText(u"{\"draft\":1}"_s);
    Texts texts;
    texts.addObject(&workspace);
    QVERIFY(texts.text().contains("its name.txt"));
    QVERIFY(texts.text().contains("{\"draft\":1}"));
}

void TestDesktopSecrets::none_data()
{
    QTest::addColumn<AuthMode>("mode");
    QTest::addColumn<Way>("way");
    QTest::addColumn<bool>("tellsAll");
    const QList<std::tuple<const char *, AuthMode, Way>> ways{
        {"API key", AuthMode::ApiKey, Way::Only},
        {"user pool, token", AuthMode::UserPool, Way::Given},
        {"user pool, password", AuthMode::UserPool, Way::Srp},
        {"OIDC, token", AuthMode::Oidc, Way::Given},
        {"Lambda", AuthMode::Lambda, Way::Given},
        {"IAM, access keys", AuthMode::Iam, Way::AwsKeys}};
    for (const auto &[name, mode, way] : ways) {
        QTest::addRow("%s; the local AppSync", name) << mode << way << false;
        QTest::addRow("%s; a server that tells all", name) << mode << way << true;
    }
}

void TestDesktopSecrets::none()
{
    QFETCH(AuthMode, mode);
    QFETCH(Way, way);
    QFETCH(bool, tellsAll);
    m_secrets.all.clear();
    AppSync::Emulator emulator;
    QVERIFY(emulator.listen());
    qputenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", emulator.serviceUrl().toEncoded());
    HttpServer teller(Leaks::tellAll);
    const QTemporaryDir folder;
    Workspace workspace(nullptr, folder.filePath(u"profiles.json"_s));

    ProfileDraft draft;
    draft.profile.name = u"mine"_s;
    draft.profile.endpoint =
        tellsAll ? teller.url(u"/event"_s).toString() : emulator.httpUrl().toString();
    draft.profile.region = emulator.region();
    draft.profile.userPoolId = emulator.userPoolId();
    draft.profile.clientId = emulator.userPoolClientId();
    draft.profile.username = emulator.username();
    draft.profile.accessKeyId = emulator.accessKeyId();
    draft.setMode(Operation::Connect, mode);
    draft.setWay(mode, way);
    for (const SecretRole role : secretRoles()) {
        if (role != SecretRole::RefreshToken)
            draft.secrets.insert(role, m_secrets.make());
    }
    workspace.form()->propose(draft, {});
    QVERIFY2(workspace.form()->canConnect(), qPrintable(workspace.form()->missing()));

    workspace.testForm();
    QTRY_VERIFY_WITH_TIMEOUT(!workspace.test()->isRunning(), 30'000);
    workspace.saveForm();
    QTRY_VERIFY(QFile::exists(folder.filePath(u"profiles.json"_s)));
    workspace.openForm();
    QVERIFY(workspace.session());
    workspace.session()->subscriptions()->add(u"default/a"_s);
    workspace.draft()->setChannel(u"default/a"_s);
    workspace.draft()->setText(u"1"_s);
    workspace.draft()->setVia(PublishDraft::Via::Http);
    workspace.draft()->send();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.session()->link() != Session::Link::Connecting
                                 || workspace.interactions()->isShown(),
                             30'000);

    Texts texts;
    texts.addObject(&workspace);
    const FrameLog *log = workspace.session()->log();
    QByteArray shown = texts.text();
    for (qint64 number = log->begin(); number < log->end(); ++number)
        shown += log->record(number).frame.text.toUtf8() + '\n';
    QVERIFY(shown.contains("127.0.0.1"));
    const QByteArray leak = Leaks::leakIn(shown, m_secrets.all);
    QVERIFY2(leak.isEmpty(), "It shows " + leak + ":\n" + shown);
    for (QDirIterator it(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = Leaks::leakIn(file.readAll(), m_secrets.all);
        QVERIFY2(written.isEmpty(), file.fileName().toLocal8Bit() + " has " + written);
    }
}

GUILESS_TEST(TestDesktopSecrets)
#include "tst_desktopsecrets.moc"
