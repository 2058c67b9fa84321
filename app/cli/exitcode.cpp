// SPDX-License-Identifier: Apache-2.0
#include "app/cli/exitcode.h"

#include <AppSync/IamAuthorizer>
#include <AppSync/SignatureHelp>

namespace Syncscope::Cli {

ExitCode exitCodeFor(const Problem &problem)
{
    switch (problem.kind) {
    case Problem::Kind::None:
        return ExitCode::Done;
    case Problem::Kind::Usage:
        return ExitCode::Usage;
    case Problem::Kind::File:
        return ExitCode::BadFile;
    case Problem::Kind::Denied:
        return ExitCode::Unauthorized;
    case Problem::Kind::Refused:
        break;
    }
    return ExitCode::Refused;
}

ExitCode exitCodeFor(const AppSync::Error &error, bool acknowledged)
{
    using Kind = AppSync::Error::Kind;
    // The service calls it a bad request.
    if (AppSync::SignatureHelp::isAboutSignature(error.serverMessage))
        return ExitCode::Unauthorized;
    if (AppSync::IamAuthorizer::isRegionMissing(error))
        return ExitCode::Usage;
    switch (error.kind) {
    case Kind::None:
        return ExitCode::Done;
    case Kind::InvalidInput:
    case Kind::Encoding:
    case Kind::IdInUse:
    case Kind::Refused:
    case Kind::LimitExceeded:
        return ExitCode::Refused;
    case Kind::Unauthorized:
        return ExitCode::Unauthorized;
    case Kind::UpgradeRefused:
        if (error.httpStatus == 401 || error.httpStatus == 403)
            return ExitCode::Unauthorized;
        [[fallthrough]];
    case Kind::Unreachable:
    case Kind::Tls:
    case Kind::ConnectionLost:
        return acknowledged ? ExitCode::ConnectionLost : ExitCode::Unreachable;
    case Kind::Timeout:
    case Kind::Unattended:
        return ExitCode::TimedOut;
    case Kind::Receiving:
    case Kind::UnsupportedMessage:
    case Kind::WrongType:
    case Kind::UnknownId:
    case Kind::NotSubscribed:
    case Kind::AlreadyCalled:
    case Kind::Cancelled:
    case Kind::Server:
        break;
    }
    return ExitCode::Other;
}

} // namespace Syncscope::Cli
