// SPDX-License-Identifier: Apache-2.0
#include "upgrade_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Upgrade {

Error problem(const ClientSettings &settings)
{
    if (settings.handshake != Connection::Handshake::Headers)
        return {};
    const QUrl realtime = settings.endpoint.realtime();
    const QUrl http = settings.endpoint.http();
    if (realtime.host() == http.host() && realtime.port() == http.port())
        return {};
    return Error::local(
        Error::Kind::InvalidInput,
        Connection::tr(
            "Plain headers cannot carry the credentials to %1: they are for the host %2.")
            .arg(realtime.authority(), settings.endpoint.host()),
        Connection::tr("Let a subprotocol or the query carry them (`handshake`)."));
}

UpgradeRequest request(const ClientSettings &settings, const Protocol &protocol,
                       const Headers &headers, bool isMasked)
{
    UpgradeRequest upgrade;
    NetworkSettings network = settings.network;
    if (isMasked) {
        for (auto &[name, value] : network.query)
            value = u"masked"_s;
        network.headers = masked(network.headers);
    }
    upgrade.url = network.withQuery(settings.endpoint.realtime());
    upgrade.headers = network.allHeaders();
    const QString host = settings.endpoint.host();
    const QByteArray authorization =
        isMasked ? maskedAuthorizationObject(headers, host) : authorizationObject(headers, host);
    upgrade.authorization = QString::fromUtf8(authorization);
    upgrade.subprotocols = {protocol.subprotocol};
    switch (settings.handshake) {
    case Connection::Handshake::Subprotocol:
        upgrade.subprotocols << headerSubprotocol(authorization);
        break;
    case Connection::Handshake::Query:
        upgrade.url = withAuthorization(upgrade.url, authorization, protocol.connectBody);
        break;
    case Connection::Handshake::Headers:
        upgrade.headers += isMasked ? masked(headers) : headers;
        break;
    }
    return upgrade;
}

} // namespace AppSync::Upgrade
