// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ProviderFile.h"

#include "engine/content/NearestName.h"
#include "engine/provider/FieldCheck.h"
#include "engine/provider/JsonPosition.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ProviderFile", text);
}

void notePattern(JsonReader& reader, const QString& name, const QString& pattern)
{
    const QRegularExpression expression(pattern);
    if (!expression.isValid())
        reader.note(reader.pointerTo(name), expression.errorString());
}

void noteWord(JsonReader& reader, const QString& name, const QString& word)
{
    static const QRegularExpression form(QStringLiteral("^[a-z][a-z0-9_]{0,63}$"));
    if (!word.isEmpty() && !form.match(word).hasMatch())
        reader.note(reader.pointerTo(name), tr("this must be lower-case letters, digits and underscores."));
}

FieldType fieldType(const QString& name)
{
    static const QHash<QString, FieldType> types{
        {QStringLiteral("text"), FieldType::Text},        {QStringLiteral("multiline"), FieldType::Multiline},
        {QStringLiteral("number"), FieldType::Number},    {QStringLiteral("boolean"), FieldType::Boolean},
        {QStringLiteral("choice"), FieldType::Choice},    {QStringLiteral("url"), FieldType::Url},
        {QStringLiteral("password"), FieldType::Password}};
    return types.value(name, FieldType::Text);
}

QStringList readChoices(JsonReader& reader)
{
    const QString name = QStringLiteral("choices");
    QStringList choices;
    const QJsonArray list = reader.array(name);
    for (const QJsonValue& choice : list)
        choices << choice.toString();
    if (choices.contains(QString()))
        reader.note(reader.pointerTo(name), tr("each choice must be text that is not empty."));
    return choices;
}

ProviderField readField(JsonReader& reader)
{
    static const QStringList types{QStringLiteral("text"),    QStringLiteral("multiline"), QStringLiteral("number"),
                                   QStringLiteral("boolean"), QStringLiteral("choice"),    QStringLiteral("url"),
                                   QStringLiteral("password")};
    ProviderField field;
    field.key = reader.text(QStringLiteral("key"), JsonReader::Required);
    noteWord(reader, QStringLiteral("key"), field.key);
    field.label = reader.text(QStringLiteral("label"), JsonReader::Required);
    field.type = fieldType(reader.choice(QStringLiteral("type"), types));
    field.help = reader.text(QStringLiteral("help"));
    field.defaultValue = reader.value(QStringLiteral("default"));
    field.choices = readChoices(reader);
    field.pattern = reader.text(QStringLiteral("pattern"));
    notePattern(reader, QStringLiteral("pattern"), field.pattern);
    field.required = reader.boolean(QStringLiteral("required"), false);
    field.secret = reader.boolean(QStringLiteral("secret"), field.type == FieldType::Password);
    field.advanced = reader.boolean(QStringLiteral("advanced"), false);
    field.minimum = reader.number(QStringLiteral("minimum"), 0, -1e15, 1e15);
    field.maximum = reader.number(QStringLiteral("maximum"), 0, -1e15, 1e15);
    if (field.secret && !field.defaultValue.isUndefined())
        reader.note(reader.pointerTo(QStringLiteral("default")), tr("a secret has no default."));
    else if (!field.defaultValue.isUndefined() && !checkField(field, field.defaultValue))
        reader.note(reader.pointerTo(QStringLiteral("default")), tr("the default does not pass the field's own checks."));
    if ((field.type == FieldType::Choice) == field.choices.isEmpty())
        reader.note(reader.pointerTo(QStringLiteral("choices")), tr("a field of type choice, and no other, has choices."));
    reader.refuseUnknown();
    return field;
}

QList<ProviderField> readFields(JsonReader& file)
{
    QList<ProviderField> fields;
    QSet<QString> keys;
    const QJsonArray list = file.array(QStringLiteral("fields"), JsonReader::Required);
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader reader = file.at(list[i], file.pointerTo(QStringLiteral("fields")) + u'/' + QString::number(i));
        fields << readField(reader);
        if (keys.contains(fields.last().key))
            reader.note(reader.pointerTo(QStringLiteral("key")), tr("there is a field with this key already."));
        keys.insert(fields.last().key);
    }
    return fields;
}

ProviderDescription readDescription(JsonReader& file)
{
    ProviderDescription d;
    d.key = file.text(QStringLiteral("key"), JsonReader::Required);
    noteWord(file, QStringLiteral("key"), d.key);
    d.name = file.text(QStringLiteral("name"), JsonReader::Required);
    d.channel = file.text(QStringLiteral("channel"), JsonReader::Required);
    noteWord(file, QStringLiteral("channel"), d.channel);
    d.help = file.text(QStringLiteral("help"), JsonReader::Required);
    JsonReader address
        = file.at(file.object(QStringLiteral("address"), JsonReader::Required), file.pointerTo(QStringLiteral("address")));
    d.addressLabel = address.text(QStringLiteral("label"), JsonReader::Required);
    d.addressPattern = address.text(QStringLiteral("pattern"));
    notePattern(address, QStringLiteral("pattern"), d.addressPattern);
    address.refuseUnknown();
    d.fields = readFields(file);
    return d;
}

// The rate at `name` + "Second" or `name` + "Minute".
double readRate(JsonReader& limits, const QString& name)
{
    const QString bySecond = name + QStringLiteral("Second");
    const QString byMinute = name + QStringLiteral("Minute");
    const double perSecond = limits.number(bySecond, 0, 0, 1'000'000);
    const double perMinute = limits.number(byMinute, 0, 0, 1'000'000);
    if (limits.has(bySecond) && limits.has(byMinute))
        limits.note(limits.pointerTo(byMinute), tr("either this or \"%1\", not both.").arg(bySecond));
    return perSecond > 0 ? perSecond : perMinute / 60;
}

AccountLimits readAccountLimits(JsonReader& limits)
{
    AccountLimits read;
    const auto count = [&](const QString& name) { return static_cast<int>(limits.number(name, 0, 0, 100'000)); };
    read.perSecond = readRate(limits, QStringLiteral("per"));
    read.burst = count(QStringLiteral("burst"));
    read.destinationPerSecond = readRate(limits, QStringLiteral("perDestinationPer"));
    read.destinationBurst = count(QStringLiteral("perDestinationBurst"));
    read.destinationInFlight = count(QStringLiteral("perDestinationInFlight"));
    return read;
}

void readLimits(JsonReader& file, ProviderFile& into)
{
    JsonReader limits = file.at(file.object(QStringLiteral("limits")), file.pointerTo(QStringLiteral("limits")));
    into.description.maxMessageBytes = static_cast<qint64>(limits.number(QStringLiteral("messageBytes"), 0, 0, 64 << 20));
    into.inFlight = static_cast<int>(limits.number(QStringLiteral("inFlight"), into.inFlight, 1, 256));
    into.connectTimeoutMs = static_cast<qint64>(1'000 * limits.number(QStringLiteral("connectSeconds"), 10, 0.01, 120));
    into.totalTimeoutMs = static_cast<qint64>(1'000 * limits.number(QStringLiteral("timeoutSeconds"), 20, 0.01, 600));
    into.description.limits = readAccountLimits(limits);
    limits.refuseUnknown();
}

// Every variable that a template may read. `pointer`: where; what is signed sees the finished request.
QStringList knownVariables(const QString& pointer, const QList<ProviderField>& fields)
{
    QStringList known{QStringLiteral("message.to"),     QStringLiteral("message.from"),
                      QStringLiteral("message.key"),    QStringLiteral("message.content"),
                      QStringLiteral("message.uuid"),   QStringLiteral("message.time"),
                      QStringLiteral("message.fields"), QStringLiteral("account.receiptsUrl")};
    if (pointer.endsWith(QStringLiteral("/signed")))
        known += {QStringLiteral("request.method"), QStringLiteral("request.url"), QStringLiteral("request.body"),
                  QStringLiteral("request.timestamp")};
    for (const ProviderField& field : fields)
        known << (field.secret ? QStringLiteral("secrets.") : QStringLiteral("settings.")) + field.key;
    return known;
}

bool isPartOfMessage(const QString& path)
{
    return path.startsWith(QStringLiteral("message.fields.")) || path.startsWith(QStringLiteral("message.fields["));
}

QString unknownVariable(const QString& path, const QStringList& known)
{
    const QString meant = lint::nearestName(path, known);
    return meant.isEmpty()
        ? tr("there is no \"%1\". There are: %2, message.fields.<part>.").arg(path, known.join(QStringLiteral(", ")))
        : tr("there is no \"%1\". Did you mean \"%2\"?").arg(path, meant);
}

// Every text in a request may be a template: a variable that nothing fills would silently be empty for ever.
void noteUnknownVariables(JsonReader& file, const QJsonValue& value, const QString& pointer,
                          const QList<ProviderField>& fields)
{
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i)
        noteUnknownVariables(file, array[i], pointer + u'/' + QString::number(i), fields);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        noteUnknownVariables(file, it.value(), JsonReader::child(pointer, it.key()), fields);
    const auto compiled = RequestTemplate::compile(value.toString(), RequestTemplate::Escaping::None);
    const QStringList used = compiled ? compiled->variables() : QStringList();
    for (const QString& path : used) {
        const QStringList known = knownVariables(pointer, fields);
        if (!known.contains(path) && !isPartOfMessage(path))
            file.note(pointer, unknownVariable(path, known));
    }
}

RequestSpec readRequest(JsonReader& file, const QString& name, const QList<ProviderField>& fields)
{
    noteUnknownVariables(file, file.value(name), file.pointerTo(name), fields);
    JsonReader reader = file.at(file.value(name), file.pointerTo(name));
    return RequestSpec::read(reader);
}

std::shared_ptr<const ReceiptRules> readReceipts(JsonReader& file, const QList<ProviderField>& fields)
{
    const QString name = QStringLiteral("receipts");
    if (!file.has(name))
        return nullptr;
    noteUnknownVariables(file, file.value(name), file.pointerTo(name), fields);
    JsonReader reader = file.at(file.value(name), file.pointerTo(name));
    return ReceiptRules::read(reader);
}

void readPrivateNetworks(JsonReader& file, ProviderFile& into)
{
    const QString name = QStringLiteral("privateNetworksField");
    into.privateNetworksField = file.text(name);
    const auto& fields = into.description.fields;
    const bool known = std::any_of(fields.begin(), fields.end(), [&](const ProviderField& field) {
        return field.key == into.privateNetworksField && field.type == FieldType::Boolean;
    });
    if (!into.privateNetworksField.isEmpty() && !known)
        file.note(file.pointerTo(name), tr("this must be the key of a boolean field."));
}

// What a document is, or why it is none: at the place where reading it stopped.
std::optional<QJsonObject> parseText(const QByteArray& json, QList<ProviderFileProblem>& problems)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        problems << ProviderFileProblem{
            textPosition(json, error.offset), {}, tr("no valid JSON: %1.").arg(error.errorString())};
    else if (!document.isObject())
        problems << ProviderFileProblem{{}, {}, tr("a JSON object ({...}) was expected.")};
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

ProviderFile readFile(JsonReader& file)
{
    ProviderFile read;
    file.text(QStringLiteral("$schema")); // for editors
    file.number(QStringLiteral("format"), 0, ProviderFile::Format, ProviderFile::Format);
    read.description = readDescription(file);
    readLimits(file, read);
    readPrivateNetworks(file, read);
    read.http2 = file.boolean(QStringLiteral("http2"), false);
    read.request = readRequest(file, QStringLiteral("request"), read.description.fields);
    if (file.has(QStringLiteral("probe")))
        read.probe = readRequest(file, QStringLiteral("probe"), read.description.fields);
    read.probeTakesAnyAnswer = file.boolean(QStringLiteral("probeTakesAnyAnswer"), false);
    read.outcomes = OutcomeRules::read(file);
    read.recognition = Recognition::read(file, read.description.fields);
    read.receipts = readReceipts(file, read.description.fields);
    file.refuseUnknown();
    return read;
}

} // namespace

std::optional<ProviderFile> ProviderFile::parse(const QByteArray& json, QList<ProviderFileProblem>& problems)
{
    const std::optional<QJsonObject> object = parseText(json, problems);
    if (!object)
        return std::nullopt;
    QList<Error> noted;
    JsonReader file(*object, {}, noted);
    ProviderFile read = readFile(file);
    for (const Error& error : std::as_const(noted))
        problems << ProviderFileProblem{positionInJson(json, error.field), error.field, error.message};
    return noted.isEmpty() ? std::optional(std::move(read)) : std::nullopt;
}

std::optional<ProviderFile> ProviderFile::parse(const QByteArray& json, QList<Error>& problems)
{
    QList<ProviderFileProblem> found;
    std::optional<ProviderFile> read = parse(json, found);
    for (const ProviderFileProblem& problem : std::as_const(found))
        problems << Error{ErrorCode::InvalidInput,
                          tr("Line %1, column %2: %3")
                              .arg(QString::number(problem.at.line), QString::number(problem.at.column), problem.sentence),
                          problem.pointer};
    return read;
}

} // namespace carillon
