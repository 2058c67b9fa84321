// SPDX-License-Identifier: Apache-2.0
// Endpoints: whatever is pasted either is refused with a reason, or gives two URLs that credentials may be
// sent to and that read back as the same endpoint. Input: up to three lines: endpoint, region, realtime URL.
#include "fuzz.h"

#include <AppSync/Endpoint>

#include <QHostAddress>

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace {

bool isLoopback(const QString &host)
{
    return host == u"localhost" || host.endsWith(u".localhost") || QHostAddress(host).isLoopback();
}

void checkUrl(const QUrl &url, const QString &plain, const QString &secure)
{
    FUZZ_CHECK(url.isValid());
    FUZZ_CHECK(!url.host().isEmpty());
    FUZZ_CHECK(url.scheme() == plain || url.scheme() == secure);
    FUZZ_CHECK(url.scheme() == secure || isLoopback(url.host()));
    FUZZ_CHECK(url.userInfo().isEmpty());
    FUZZ_CHECK(!url.hasFragment());
    const QByteArray encoded = url.toEncoded();
    FUZZ_CHECK(QUrl::fromEncoded(encoded, QUrl::StrictMode) == url);
    for (const char c : encoded)
        FUZZ_CHECK(c > 0x20 && c < 0x7f);
}

void checkRefusal(const Endpoint &endpoint)
{
    FUZZ_CHECK(endpoint.problem().kind == Error::Kind::InvalidInput);
    FUZZ_CHECK(!endpoint.problem().message.isEmpty());
    FUZZ_CHECK(!endpoint.problem().nextStep.isEmpty());
}

//! The same endpoint is read from each of its URLs.
void checkThereAndBack(const Endpoint &endpoint)
{
    const QString http = endpoint.http().toString(QUrl::FullyEncoded);
    const QString realtime = endpoint.realtime().toString(QUrl::FullyEncoded);
    const auto read = [&](const QString &text) {
        return Endpoint::fromUserInput(text, endpoint.region(), endpoint.service());
    };
    FUZZ_CHECK(read(http) == endpoint);
    FUZZ_CHECK(read(realtime) == endpoint);
    FUZZ_CHECK(read(u" "_s + http + u"\n"_s) == endpoint);
    FUZZ_CHECK(Endpoint(endpoint.http()).http() == endpoint.http());
    FUZZ_CHECK(endpoint.forService(endpoint.service()) == endpoint);
    FUZZ_CHECK(endpoint.withRealtime(realtime) == endpoint);
}

void checkEndpoint(const Endpoint &endpoint)
{
    if (!endpoint.isValid())
        return checkRefusal(endpoint);
    FUZZ_CHECK(!endpoint.problem().isError());
    checkUrl(endpoint.http(), u"http"_s, u"https"_s);
    checkUrl(endpoint.realtime(), u"ws"_s, u"wss"_s);
    FUZZ_CHECK((endpoint.http().scheme() == u"http") == (endpoint.realtime().scheme() == u"ws"));
    FUZZ_CHECK(endpoint.realtime().port() == endpoint.http().port());
    // Where AWS named the host, GraphQL has the same path on both.
    const bool isSame = endpoint.service() == Endpoint::Service::GraphQl
        && endpoint.realtime().host() != endpoint.http().host();
    FUZZ_CHECK(endpoint.realtime().path(QUrl::FullyEncoded)
               == endpoint.http().path(QUrl::FullyEncoded) + (isSame ? QString() : u"/realtime"_s));

    // What authorization names is the host of the HTTP URL and nothing more.
    const QUrl named(endpoint.http().scheme() + u"://"_s + endpoint.host(), QUrl::StrictMode);
    FUZZ_CHECK(named.isValid());
    FUZZ_CHECK(named.host() == endpoint.http().host());
    const int standard = endpoint.http().scheme() == u"http" ? 80 : 443;
    FUZZ_CHECK(named.port(standard) == endpoint.http().port(standard));
    FUZZ_CHECK(named.path().isEmpty() && !named.hasQuery());
    checkThereAndBack(endpoint);
}

//! A DNS id gives a host of AWS, whatever the region claims to be.
void checkBareId(const Endpoint &endpoint, const QString &id, const QString &region)
{
    const QString domain = region.startsWith(u"cn-") ? u"amazonaws.com.cn"_s : u"amazonaws.com"_s;
    FUZZ_CHECK(endpoint.http().host() == u"%1.appsync-api.%2.%3"_s.arg(id, region, domain));
    FUZZ_CHECK(endpoint.http().path()
               == (endpoint.service() == Endpoint::Service::Events ? u"/event" : u"/graphql"));
    FUZZ_CHECK(endpoint.http().port() == -1 && !endpoint.http().hasQuery());
}

void checkRealtime(const Endpoint &endpoint, const QString &text)
{
    const Endpoint other = endpoint.withRealtime(text);
    if (!other.isValid())
        return checkRefusal(other);
    FUZZ_CHECK(other.http() == endpoint.http());
    FUZZ_CHECK(other.host() == endpoint.host());
    checkUrl(other.realtime(), u"ws"_s, u"wss"_s);
    const Endpoint alone = Endpoint::fromUserInput(text, endpoint.region(), endpoint.service());
    if (!text.trimmed().isEmpty() && endpoint.service() == Endpoint::Service::Events)
        FUZZ_CHECK(other.realtime() == alone.realtime());
    else if (!text.trimmed().isEmpty()) // its path is taken as it is
        FUZZ_CHECK(other.realtime().host() == alone.realtime().host());
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QList<QByteArray> lines = Fuzz::bytes(data, size).split('\n');
    const QString text = QString::fromUtf8(lines.value(0));
    const QString region = QString::fromUtf8(lines.value(1));
    const QString bare = text.trimmed();
    for (const auto service : {Endpoint::Service::Events, Endpoint::Service::GraphQl}) {
        const Endpoint endpoint = Endpoint::fromUserInput(text, region, service);
        checkEndpoint(endpoint);
        if (!endpoint.isValid())
            continue;
        if (bare != u"localhost" && !bare.contains(u'.') && !bare.contains(u':')
            && !bare.contains(u'/'))
            checkBareId(endpoint, bare, endpoint.region());
        checkRealtime(endpoint, QString::fromUtf8(lines.value(2)));
    }
    return 0;
}
