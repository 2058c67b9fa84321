// SPDX-License-Identifier: Apache-2.0
#include "certificate_p.h"

#include "../freed_p.h"

#include <QFile>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr long kDay = 86'400; // s

using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

bool addExtension(X509 *certificate, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

QByteArray alternativeNames(const QHostAddress &host, const QStringList &others)
{
    QByteArray names = "DNS:localhost,IP:127.0.0.1,IP:::1";
    const bool isListed = host.isEqual(QHostAddress(QHostAddress::LocalHost))
        || host.isEqual(QHostAddress(QHostAddress::LocalHostIPv6)) || host.isNull()
        || host == QHostAddress(QHostAddress::Any) || host == QHostAddress(QHostAddress::AnyIPv4)
        || host == QHostAddress(QHostAddress::AnyIPv6);
    if (!isListed) {
        QHostAddress plain = host;
        plain.setScopeId({});
        names += ",IP:" + plain.toString().toLatin1();
    }
    for (const QString &other : others)
        names += ",DNS:" + other.toLatin1();
    return names;
}

bool setNameAndTimes(X509 *certificate)
{
    quint64 serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial) != 1)
        return false;
    X509_NAME *name = X509_get_subject_name(certificate);
    const auto *text = reinterpret_cast<const unsigned char *>("Syncscope local AppSync");
    return X509_set_version(certificate, X509_VERSION_3) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1
        && X509_set_issuer_name(certificate, name) == 1
        && X509_gmtime_adj(X509_getm_notBefore(certificate), -kDay) // for clocks that differ
        && X509_gmtime_adj(X509_getm_notAfter(certificate), 365 * kDay);
}

Certificate makeCertificate(EVP_PKEY *key, const QByteArray &names)
{
    Certificate certificate(X509_new());
    X509 *x = certificate.get();
    // CA:FALSE: whoever trusts this certificate trusts this one server, and nothing that it might sign.
    // No key usage: with one that lacks keyCertSign, OpenSSL does not take it for its own issuer, and one
    // that has it would say that it is a CA.
    const bool made = x && setNameAndTimes(x) && X509_set_pubkey(x, key) == 1
        && addExtension(x, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(x, NID_ext_key_usage, "serverAuth")
        && addExtension(x, NID_subject_key_identifier, "hash")
        && addExtension(x, NID_subject_alt_name, names) && X509_sign(x, key, EVP_sha256()) > 0;
    if (!made)
        certificate.reset();
    return certificate;
}

QByteArray contents(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, qsizetype(size)};
}

std::optional<QByteArray> readFile(const QString &name, QString *problem)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        *problem = u"Cannot read %1: %2"_s.arg(name, file.errorString());
        return std::nullopt;
    }
    return file.readAll();
}

QSslKey readKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa}) {
        QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

} // namespace

std::optional<ServerIdentity> ServerIdentity::make(const QHostAddress &host,
                                                   const QStringList &names)
{
    const PrivateKey key(EVP_EC_gen("P-256"));
    if (!key)
        return std::nullopt;
    const Certificate certificate = makeCertificate(key.get(), alternativeNames(host, names));
    const Memory certPem(BIO_new(BIO_s_mem()));
    const Memory keyPem(BIO_new(BIO_s_secmem()));
    if (!certificate || PEM_write_bio_X509(certPem.get(), certificate.get()) != 1
        || PEM_write_bio_PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr)
            != 1)
        return std::nullopt;
    ServerIdentity identity{QSslCertificate::fromData(contents(certPem.get())),
                            QSslKey(contents(keyPem.get()), QSsl::Ec)};
    if (identity.chain.isEmpty() || identity.key.isNull())
        return std::nullopt;
    return identity;
}

std::optional<ServerIdentity> ServerIdentity::load(const QString &certFile, const QString &keyFile,
                                                   QString *problem)
{
    const auto certPem = readFile(certFile, problem);
    if (!certPem)
        return std::nullopt;
    const auto keyPem = readFile(keyFile, problem);
    if (!keyPem)
        return std::nullopt;
    const ServerIdentity identity{QSslCertificate::fromData(*certPem), readKey(*keyPem)};
    if (identity.chain.isEmpty())
        *problem = u"%1 holds no PEM certificate"_s.arg(certFile);
    else if (identity.key.isNull())
        *problem = u"%1 holds no PEM private key without a passphrase"_s.arg(keyFile);
    else
        return identity;
    return std::nullopt;
}

QByteArray ServerIdentity::trustAnchor() const
{
    if (chain.isEmpty() || !chain.last().isSelfSigned())
        return {};
    return chain.last().toPem();
}

} // namespace AppSync::Emulation
