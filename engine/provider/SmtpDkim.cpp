// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpDkim.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Dkim", text);
}

// One selector and its key, as fields.
struct KeyFields {
    DkimKey::Kind kind;
    const char16_t* selector;
    const char16_t* key;
    const char* selectorLabel;
    const char* keyLabel;
    const char* keyHelp;
};

constexpr KeyFields keyFields[] = {
    {DkimKey::Kind::Rsa, u"dkim_selector", u"dkim_key", QT_TRANSLATE_NOOP("Dkim", "DKIM selector"),
     QT_TRANSLATE_NOOP("Dkim", "DKIM private key"),
     QT_TRANSLATE_NOOP("Dkim",
                       "An RSA key of 2048 bits in PEM form, from: openssl genpkey -algorithm rsa -pkeyopt "
                       "rsa_keygen_bits:2048")},
    {DkimKey::Kind::Ed25519, u"dkim_ed25519_selector", u"dkim_ed25519_key",
     QT_TRANSLATE_NOOP("Dkim", "Second DKIM selector"), QT_TRANSLATE_NOOP("Dkim", "Second DKIM private key"),
     QT_TRANSLATE_NOOP("Dkim",
                       "An Ed25519 key in PEM form, from: openssl genpkey -algorithm ed25519. Use it beside the RSA key: "
                       "some receivers cannot check it yet.")},
};

constexpr qsizetype maxDomainOctets = 253;

QString keyOf(const char16_t* name)
{
    return QStringView(name).toString();
}

QString textOf(const AccountConfig& config, const char16_t* key)
{
    return config.settings.value(keyOf(key)).toString().trimmed();
}

// Labels of letters, digits and hyphens, with dots between (RFC 5321 4.1.2).
bool isDomainName(const QString& name)
{
    static const QRegularExpression labels(
        QStringLiteral("\\A[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*\\z"),
        QRegularExpression::CaseInsensitiveOption);
    return name.size() <= maxDomainOctets && labels.match(name).hasMatch();
}

Result<std::optional<DkimSelector>> parseSelector(const AccountConfig& config, const KeyFields& fields)
{
    const QString selector = textOf(config, fields.selector);
    const Secret pem = config.secrets.value(keyOf(fields.key));
    if (selector.isEmpty() && pem.isEmpty())
        return std::optional<DkimSelector>();
    if (pem.isEmpty())
        return fail(ErrorCode::NeedsSecret, tr("The private key of the selector %1 is missing.").arg(selector),
                    keyOf(fields.key));
    if (!isDomainName(selector))
        return fail(ErrorCode::InvalidInput,
                    tr("The name under which the DNS holds the public key is needed, for example \"s1\"."),
                    keyOf(fields.selector));
    const Result<DkimKey> key = DkimKey::fromPem(pem);
    if (!key)
        return fail(key.error().code, key.error().message, keyOf(fields.key));
    if (key->kind() != fields.kind)
        return fail(ErrorCode::InvalidInput,
                    fields.kind == DkimKey::Kind::Rsa
                        ? tr("This is an Ed25519 key; it belongs in the field of the second key.")
                        : tr("This is an RSA key; it belongs in the field of the first key."),
                    keyOf(fields.key));
    return std::optional(DkimSelector{selector.toLatin1(), *key});
}

ProviderField textField(const QString& key, const QString& label, const QString& help)
{
    ProviderField field;
    field.key = key;
    field.label = label;
    field.help = help;
    return field;
}

ProviderField pemField(const KeyFields& fields)
{
    ProviderField field = textField(keyOf(fields.key), tr(fields.keyLabel), tr(fields.keyHelp));
    field.type = FieldType::Multiline;
    field.secret = true;
    return field;
}

} // namespace

QList<ProviderField> dkimFields()
{
    QList<ProviderField> list{
        textField(QStringLiteral("dkim_domain"), tr("DKIM domain"),
                  tr("Signs each mail for this domain, that of the sender's address. Empty: no signature, as where the mail "
                     "server signs by itself. \"Check connection\" shows what the DNS must hold."))};
    for (const KeyFields& fields : keyFields) {
        list += textField(keyOf(fields.selector), tr(fields.selectorLabel),
                          tr("The name of the key in the DNS: s1 for s1._domainkey.example.org."));
        list += pemField(fields);
    }
    return list;
}

Result<std::shared_ptr<const DkimSigner>> parseDkim(const AccountConfig& config)
{
    const QString domain = QString::fromLatin1(QUrl::toAce(textOf(config, u"dkim_domain")));
    const bool wanted = !textOf(config, u"dkim_domain").isEmpty();
    QList<DkimSelector> selectors;
    for (const KeyFields& fields : keyFields) {
        const Result<std::optional<DkimSelector>> selector = parseSelector(config, fields);
        if (!selector)
            return fail(selector.error());
        if (*selector)
            selectors += **selector;
    }
    if (selectors.isEmpty() && !wanted)
        return nullptr;
    if (!isDomainName(domain))
        return fail(ErrorCode::InvalidInput, tr("The domain to sign for is needed, for example \"example.org\"."),
                    QStringLiteral("dkim_domain"));
    if (selectors.isEmpty())
        return fail(ErrorCode::NeedsSecret, tr("To sign for %1 a selector and a private key are needed.").arg(domain),
                    QStringLiteral("dkim_key"));
    return std::make_shared<const DkimSigner>(domain.toLatin1(), selectors);
}

} // namespace carillon
