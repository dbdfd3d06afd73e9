// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonTemplate.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace carillon;

namespace {

JsonTemplate templateOf(const QJsonValue& value)
{
    QList<Error> problems;
    JsonReader reader({}, {}, problems);
    const JsonTemplate made = JsonTemplate::read(reader, value, u"/value"_qs);
    for (const Error& problem : problems)
        qWarning().noquote() << problem.message;
    return made;
}

RequestValues valuesOf(const QJsonObject& fields)
{
    Message message;
    message.fields = fields;
    return RequestValues(AccountConfig()).with(message);
}

QByteArray made(const QJsonValue& value, const QJsonObject& fields = {})
{
    return templateOf(value).make(valuesOf(fields)).value();
}

// What QJsonDocument writes of any value.
QByteArray written(const QJsonValue& value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

// Values of all kinds, as messages and provider files may hold them, from a seed.
class AnyJson {
public:
    explicit AnyJson(quint32 seed)
        : m_random(seed)
    {
    }

    QJsonValue value(int depth = 0)
    {
        switch (below(depth < 4 ? 7 : 5)) {
        case 0: return QJsonValue();
        case 1: return below(2) == 0;
        case 2: return number();
        case 3:
        case 4: return text();
        case 5: return list(depth + 1);
        default: return object(depth + 1);
        }
    }

    QJsonObject object(int depth = 0)
    {
        QJsonObject made;
        for (int i = below(6); i > 0; --i)
            made.insert(text(), value(depth));
        return made;
    }

    QString text()
    {
        static const QString pieces[]
            = {u"\""_qs, u"\\"_qs,     u"/"_qs,          u"\n"_qs,     u"\b\f\r\t"_qs, u"<&>"_qs,
               u"ä"_qs,  u"\u20ac"_qs, u"\U0001f600"_qs, u"\u2028"_qs, u"{}[],:"_qs,   QString(QChar(0xfeff))};
        QString made;
        for (int i = below(8); i > 0; --i) {
            switch (below(5)) {
            case 0: made += QChar(char16_t(below(0x20))); break; // control characters, NUL among them
            case 1: made += QChar(char16_t(0xd800 + below(0x800))); break; // half of a pair
            case 2: made += QChar(char16_t(below(0x10000))); break;
            case 3: made += pieces[below(int(std::size(pieces)))]; break;
            default: made += u"word"_qs;
            }
        }
        return made;
    }

private:
    double number()
    {
        static const double special[] = {0,      -0.0,    0.1,  -1.5,     1e21,         1e-7,   1.7976931348623157e308,
                                         5e-324, 1.0 / 3, 1e15, 9e15 + 2, 4294967296.0, -1e100, 123456789012345678.0};
        return below(2) == 0 ? special[below(int(std::size(special)))] : double(qint64(m_random.generate64())) / 1024;
    }

    QJsonArray list(int depth)
    {
        QJsonArray made;
        for (int i = below(5); i > 0; --i)
            made.append(value(depth));
        return made;
    }

    int below(int limit) { return m_random.bounded(limit); }

    QRandomGenerator m_random;
};

// What the template language makes of a text: no surrogate stands alone in UTF-8.
QString throughUtf8(const QString& text)
{
    return QString::fromUtf8(text.toUtf8());
}

bool isNothing(const QString& text)
{
    return text.toUtf8().trimmed().isEmpty();
}

// The text as a template that gives it literally.
bool isPlain(const QString& text)
{
    return !text.contains(u"{{") && !text.contains(u"{%");
}

// The value as a file's template gives it: texts that give nothing are left out.
QJsonValue expected(const QJsonValue& value)
{
    if (value.isString())
        return isNothing(value.toString()) ? QJsonValue(QJsonValue::Undefined) : QJsonValue(throughUtf8(value.toString()));
    if (value.isArray()) {
        QJsonArray made;
        const QJsonArray list = value.toArray();
        for (const QJsonValue& element : list) {
            if (const QJsonValue one = expected(element); !one.isUndefined())
                made.append(one);
        }
        return made;
    }
    if (value.isObject()) {
        QJsonObject made;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            made.insert(it.key(), expected(it.value())); // undefined: removes
        return made;
    }
    return value;
}

} // namespace

// What a template writes is, octet for octet, what QJsonDocument would write of the same value.
class JsonTemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsOfMessagesAreWrittenAsQJsonDocumentWritesThem()
    {
        for (quint32 seed = 0; seed < 3'000; ++seed) {
            const QString text = AnyJson(seed).text();
            const QByteArray json = made(u"{{ message.fields.text }}"_qs, {{u"text"_qs, text}});
            QVERIFY2(json == (isNothing(text) ? QByteArray() : written(throughUtf8(text))),
                     qPrintable(QString::number(seed)));
        }
    }

    void filesOfAnyShapeAreWrittenAsQJsonDocumentWritesThem()
    {
        for (quint32 seed = 0; seed < 2'000; ++seed) {
            const QJsonObject object = AnyJson(seed).object();
            if (!isPlain(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact))))
                continue;
            const QByteArray json = made(object);
            QVERIFY2(json == written(expected(object)), qPrintable(QString::number(seed)));
        }
    }

    void jsonOfMessagesIsWrittenAsQJsonDocumentWritesIt()
    {
        for (quint32 seed = 0; seed < 2'000; ++seed) {
            const QJsonValue value = AnyJson(seed).value();
            const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Indented);
            const QJsonArray read = QJsonDocument::fromJson(text).array();
            const QJsonObject raw{{u"$json"_qs, u"{{ message.fields.text | raw }}"_qs}};
            const QString inner = QString::fromUtf8(text.trimmed().sliced(1).chopped(1));
            QCOMPARE(made(raw, {{u"text"_qs, inner}}), written(read.first()));
        }
    }

    void numbersAreWrittenAnew_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"1e400", "-1e400", "18446744073709551616", "9007199254740993", "1E+2", "-0", "0.10", "1e-400", "123"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void numbersAreWrittenAnew()
    {
        QFETCH(QString, text);
        const QJsonDocument document = QJsonDocument::fromJson('[' + text.toLatin1() + ']');
        const auto json = templateOf(QJsonObject{{u"$json"_qs, text}}).make(valuesOf({}));
        QCOMPARE(json.has_value(), document.isArray());
        if (json)
            QCOMPARE(*json, written(document.array().first()));
    }

    void octetsThatAreNoUtf8AreReplaced_data()
    {
        QTest::addColumn<QByteArray>("octets");
        for (const char* octets : {"a\xff", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80",
                                   "\xef\xbb\xbf"
                                   "a",
                                   "\xef\xbf\xbe"})
            QTest::newRow(QByteArray(octets).toHex().constData()) << QByteArray(octets);
    }

    // They come of filters that decode.
    void octetsThatAreNoUtf8AreReplaced()
    {
        QFETCH(QByteArray, octets);
        const QString base64 = QString::fromLatin1(octets.toBase64());
        const RequestTemplate decoding
            = RequestTemplate::compile(u"{{ message.fields.text | base64_decode }}"_qs, RequestTemplate::Escaping::None)
                  .value();
        const Result<QByteArray> decoded = decoding.render(valuesOf({{u"text"_qs, base64}}));
        const auto json = templateOf(u"{{ message.fields.text | base64_decode }}"_qs).make(valuesOf({{u"text"_qs, base64}}));
        QCOMPARE(json.has_value(), decoded.has_value());
        if (json)
            QCOMPARE(*json, written(QString::fromUtf8(*decoded)));
    }

    void whatGivesNothingIsLeftOut()
    {
        const QJsonObject object{{u"a"_qs, u" {{ message.fields.none }} "_qs},
                                 {u"b"_qs, QJsonObject{{u"$json"_qs, u"{% if message.fields.none %}1{% endif %}"_qs}}},
                                 {u"c"_qs, QJsonArray{u"{{ message.fields.none }}"_qs, u"x"_qs, u""_qs, 1}},
                                 {u"d"_qs, QJsonObject{{u"e"_qs, u""_qs}}},
                                 {u"f"_qs, QJsonValue()}};
        QCOMPARE(made(object), R"({"c":["x",1],"d":{},"f":null})");
        QCOMPARE(made(u"{{ message.fields.none }}"_qs), QByteArray());
        QCOMPARE(JsonTemplate().make(valuesOf({})).value(), QByteArray());
    }

    void whatIsNoJsonIsAnError()
    {
        for (const QString& text : {u"{"_qs, u"1,2"_qs, u"1],[2"_qs, u"nul"_qs, u"{\"a\":}"_qs, u"\"\n"_qs}) {
            const QJsonObject object{{u"a"_qs, u"kept"_qs}, {u"b"_qs, QJsonObject{{u"$json"_qs, text}}}};
            const auto json = templateOf(object).make(valuesOf({}));
            QVERIFY2(!json, qPrintable(text));
            QCOMPARE(json.error().code, ErrorCode::InvalidInput);
        }
    }
};

QTEST_GUILESS_MAIN(JsonTemplateTest)
#include "JsonTemplateTest.moc"
