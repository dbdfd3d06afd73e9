// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpSettings.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Smtp", text);
}

template <typename Value>
struct Choice {
    const char16_t* name;
    Value value;
};

constexpr Choice<SmtpSecurity> securities[] = {
    {u"tls", SmtpSecurity::Tls},
    {u"starttls", SmtpSecurity::StartTls},
    {u"none", SmtpSecurity::None},
};

constexpr Choice<SmtpAuthMethod> methods[] = {
    {u"auto", SmtpAuthMethod::Auto},
    {u"none", SmtpAuthMethod::None},
    {u"plain", SmtpAuthMethod::Plain},
    {u"login", SmtpAuthMethod::Login},
    {u"cram-md5", SmtpAuthMethod::CramMd5},
    {u"xoauth2", SmtpAuthMethod::XOAuth2},
    {u"oauthbearer", SmtpAuthMethod::OAuthBearer},
};

constexpr Choice<bool> pipelinings[] = {{u"auto", true}, {u"off", false}};

template <typename Value, std::size_t Count>
Status readChoice(const QJsonObject& settings, const QString& key, const Choice<Value> (&choices)[Count], Value& into)
{
    if (!settings.contains(key))
        return {};
    const QString name = settings.value(key).toString();
    for (const Choice<Value>& choice : choices) {
        if (name == QStringView(choice.name)) {
            into = choice.value;
            return {};
        }
    }
    return fail(ErrorCode::InvalidInput, tr("\"%1\" is none of the choices.").arg(name), key);
}

Status readNumber(const QJsonObject& settings, const QString& key, qint64 minimum, qint64 maximum, qint64& into)
{
    if (!settings.contains(key))
        return {};
    const double number = settings.value(key).toDouble(-1);
    if (!(number >= double(minimum) && number <= double(maximum)))
        return fail(ErrorCode::InvalidInput, tr("A number from %1 to %2 is needed.").arg(minimum).arg(maximum), key);
    into = qint64(number);
    return {};
}

struct SecondsField {
    const char16_t* key;
    const char* label;
    qint64 SmtpTimeouts::*value;
};

constexpr SecondsField secondsFields[] = {
    {u"timeout_connect", QT_TRANSLATE_NOOP("Smtp", "Wait for the connection (seconds)"), &SmtpTimeouts::connectMs},
    {u"timeout_greeting", QT_TRANSLATE_NOOP("Smtp", "Wait for the greeting (seconds)"), &SmtpTimeouts::greetingMs},
    {u"timeout_command", QT_TRANSLATE_NOOP("Smtp", "Wait for the answer to a command (seconds)"), &SmtpTimeouts::commandMs},
    {u"timeout_data", QT_TRANSLATE_NOOP("Smtp", "Wait for leave to send a message (seconds)"), &SmtpTimeouts::dataMs},
    {u"timeout_block", QT_TRANSLATE_NOOP("Smtp", "Wait while the server does not read (seconds)"), &SmtpTimeouts::blockMs},
    {u"timeout_final", QT_TRANSLATE_NOOP("Smtp", "Wait for a message to be taken (seconds)"), &SmtpTimeouts::finalMs},
    {u"timeout_idle", QT_TRANSLATE_NOOP("Smtp", "Keep an unused connection (seconds)"), &SmtpTimeouts::idleMs},
};

constexpr qint64 maxSeconds = 3'600;

Status readNumbers(const QJsonObject& given, SmtpSettings& settings)
{
    qint64 port = settings.security == SmtpSecurity::Tls ? 465 : 587;
    qint64 connections = settings.maxConnections;
    qint64 messages = settings.messagesPerConnection;
    for (const Status& read : {readNumber(given, QStringLiteral("port"), 1, 65'535, port),
                               readNumber(given, QStringLiteral("max_connections"), 1, 200, connections),
                               readNumber(given, QStringLiteral("messages_per_connection"), 0, 1'000'000, messages)}) {
        if (!read)
            return read;
    }
    settings.port = quint16(port);
    settings.maxConnections = int(connections);
    settings.messagesPerConnection = int(messages);
    for (const SecondsField& field : secondsFields) {
        qint64 seconds = settings.timeouts.*field.value / 1'000;
        if (Status read = readNumber(given, QStringView(field.key).toString(), 1, maxSeconds, seconds); !read)
            return read;
        settings.timeouts.*field.value = seconds * 1'000;
    }
    return {};
}

bool isLoopbackName(const QString& host)
{
    return host.compare(QStringLiteral("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

bool hasControlOrSpace(const QString& text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
}

Status checkLogin(const SmtpSettings& settings)
{
    if (!settings.wantsLogin())
        return {};
    if (settings.username.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A login needs a user name."), QStringLiteral("username"));
    if (settings.password.isEmpty())
        return fail(ErrorCode::NeedsSecret, tr("The password or token is missing."), QStringLiteral("password"));
    const bool shows = settings.auth == SmtpAuthMethod::Plain || settings.auth == SmtpAuthMethod::Login
        || settings.auth == SmtpAuthMethod::XOAuth2 || settings.auth == SmtpAuthMethod::OAuthBearer;
    if (shows && settings.security == SmtpSecurity::None && !isLoopbackName(settings.host))
        return fail(ErrorCode::InvalidInput,
                    tr("Without TLS this login would show the password on the network. Choose TLS or STARTTLS."),
                    QStringLiteral("security"));
    return {};
}

Status checkTexts(const SmtpSettings& settings)
{
    if (settings.host.isEmpty() || hasControlOrSpace(settings.host))
        return fail(ErrorCode::InvalidInput, tr("The name of the server is needed, without blanks."),
                    QStringLiteral("host"));
    if (hasControlOrSpace(settings.helloName) || settings.helloName.toUtf8().size() > 255)
        return fail(ErrorCode::InvalidInput, tr("A host name or an address in brackets is needed."),
                    QStringLiteral("hello_name"));
    return {};
}

template <typename Value, std::size_t Count>
QStringList namesOf(const Choice<Value> (&choices)[Count])
{
    QStringList names;
    for (const Choice<Value>& choice : choices)
        names += QStringView(choice.name).toString();
    return names;
}

ProviderField textField(const QString& key, const QString& label, const QString& help)
{
    ProviderField field;
    field.key = key;
    field.label = label;
    field.help = help;
    return field;
}

ProviderField choiceField(const QString& key, const QString& label, const QStringList& choices, const QString& chosen,
                          const QString& help)
{
    ProviderField field = textField(key, label, help);
    field.type = FieldType::Choice;
    field.choices = choices;
    field.defaultValue = chosen;
    return field;
}

ProviderField numberField(const QString& key, const QString& label, double value, double minimum, double maximum,
                          const QString& help = {})
{
    ProviderField field = textField(key, label, help);
    field.type = FieldType::Number;
    field.defaultValue = value;
    field.minimum = minimum;
    field.maximum = maximum;
    return field;
}

QList<ProviderField> serverFields()
{
    ProviderField host
        = textField(QStringLiteral("host"), tr("Server"),
                    tr("Its name, for example smtp.example.org. With TLS its certificate must bear this name."));
    host.required = true;
    host.pattern = QStringLiteral("[^\\s]+");
    return {
        host,
        numberField(QStringLiteral("port"), tr("Port"), 587, 1, 65'535,
                    tr("Mostly 587 with STARTTLS, 465 with TLS, 25 inside a network.")),
        choiceField(QStringLiteral("security"), tr("Security"), namesOf(securities), QStringLiteral("starttls"),
                    tr("starttls: a server that does not offer it gets nothing. none: only for a server on this machine or "
                       "a trusted network.")),
        textField(QStringLiteral("ca_file"), tr("Further certificates"),
                  tr("A PEM file of certificates to trust beside the system's.")),
        textField(QStringLiteral("hello_name"), tr("Our name"),
                  tr("The name given in the greeting. Empty: this machine's.")),
    };
}

QList<ProviderField> loginFields()
{
    ProviderField password = textField(QStringLiteral("password"), tr("Password or token"),
                                       tr("For xoauth2 and oauthbearer the access token."));
    password.type = FieldType::Password;
    password.secret = true;
    return {
        choiceField(QStringLiteral("auth"), tr("Login"), namesOf(methods), QStringLiteral("auto"),
                    tr("auto: the best the server offers when there is a user name, else none.")),
        textField(QStringLiteral("username"), tr("User name"), {}),
        password,
    };
}

QList<ProviderField> flowFields()
{
    const SmtpSettings defaults;
    QList<ProviderField> fields{
        numberField(QStringLiteral("max_connections"), tr("Connections at most"), defaults.maxConnections, 1, 200,
                    tr("What the server bears from one client; when it refuses one more, fewer are used for a minute.")),
        numberField(QStringLiteral("messages_per_connection"), tr("Messages a connection"), defaults.messagesPerConnection,
                    0, 1'000'000, tr("Then a new connection takes over. 0: no limit.")),
        choiceField(QStringLiteral("pipelining"), tr("Pipelining"), namesOf(pipelinings), QStringLiteral("auto"),
                    tr("off: for a server that offers it and breaks.")),
    };
    for (const SecondsField& field : secondsFields)
        fields += numberField(QStringView(field.key).toString(), tr(field.label),
                              double(defaults.timeouts.*field.value) / 1'000, 1, maxSeconds);
    return fields;
}

// The rest of the form is folded away.
bool isNeededByMost(const QString& key)
{
    static const QStringList keys{QStringLiteral("host"), QStringLiteral("port"), QStringLiteral("security"),
                                  QStringLiteral("username"), QStringLiteral("password")};
    return keys.contains(key);
}

} // namespace

ProviderDescription smtpDescription()
{
    ProviderDescription description;
    description.key = QStringLiteral("smtp");
    description.name = tr("SMTP server");
    description.channel = QStringLiteral("email");
    description.help
        = tr("Sends e-mail through a mail server; its name, and mostly a user name and a password, are needed.");
    description.addressLabel = QStringLiteral("name@example.org");
    description.addressPattern = QStringLiteral("[^\\s@<>]+@[^\\s@<>]+");
    description.fields = serverFields() + loginFields() + dkimFields() + flowFields();
    for (ProviderField& field : description.fields)
        field.advanced = !isNeededByMost(field.key);
    return description;
}

Result<SmtpSettings> parseSmtpSettings(const AccountConfig& config)
{
    const QJsonObject& given = config.settings;
    SmtpSettings settings;
    settings.host = given.value(QStringLiteral("host")).toString().trimmed();
    settings.username = given.value(QStringLiteral("username")).toString();
    settings.password = config.secrets.value(QStringLiteral("password"));
    settings.helloName = given.value(QStringLiteral("hello_name")).toString().trimmed();
    settings.caFile = given.value(QStringLiteral("ca_file")).toString().trimmed();
    for (const Status& read : {readChoice(given, QStringLiteral("security"), securities, settings.security),
                               readChoice(given, QStringLiteral("auth"), methods, settings.auth),
                               readChoice(given, QStringLiteral("pipelining"), pipelinings, settings.pipelining)}) {
        if (!read)
            return fail(read.error());
    }
    if (Status read = readNumbers(given, settings); !read)
        return fail(read.error());
    if (Status texts = checkTexts(settings); !texts)
        return fail(texts.error());
    if (Status login = checkLogin(settings); !login)
        return fail(login.error());
    const Result<std::shared_ptr<const DkimSigner>> dkim = parseDkim(config);
    if (!dkim)
        return fail(dkim.error());
    settings.dkim = *dkim;
    return settings;
}

} // namespace carillon
