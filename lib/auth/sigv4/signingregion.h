// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QMetaType>
#include <QObject>
#include <QString>

namespace AppSync {

//! The region that a signature names, and what said so. It has to be that of the API.
class APPSYNC_EXPORT SigningRegion {
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(AppSync::SigningRegion::Source source MEMBER source)
    Q_PROPERTY(QString warning MEMBER warning)
    Q_PROPERTY(QString description READ description)

public:
    //! Who is asked, in this order.
    enum class Source {
        None, //!< nobody knows it
        Setting, //!< IamAuthorizer::region()
        Endpoint, //!< the host of the API, or the region given with the endpoint
        AwsRegion, //!< the environment variable AWS_REGION
        AwsDefaultRegion, //!< the environment variable AWS_DEFAULT_REGION
        Credentials, //!< the source of the credentials: the profile's `region`
    };
    Q_ENUM(Source)

    QString name; //!< `eu-west-1`; empty where nobody knows it
    Source source = Source::None; //!< who said so
    //! A sentence where another source says something else, which is worth a look; empty as a rule.
    QString warning;

    //! For people: "eu-west-1, from AWS_REGION".
    [[nodiscard]] QString description() const;

    friend bool operator==(const SigningRegion &, const SigningRegion &) = default;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::SigningRegion)
