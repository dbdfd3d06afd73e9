// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/ProviderForm.h"
#include "ui/forms/Links.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

namespace {

const QString Place = QStringLiteral("the system's keychain");

ProviderField field(const QString& key, const QString& label, FieldType type)
{
    ProviderField made;
    made.key = key;
    made.label = label;
    made.type = type;
    return made;
}

ProviderDescription smtp()
{
    ProviderDescription provider;
    ProviderField host = field(QStringLiteral("host"), QStringLiteral("Server"), FieldType::Text);
    host.required = true;
    ProviderField port = field(QStringLiteral("port"), QStringLiteral("Port"), FieldType::Number);
    port.defaultValue = 587;
    port.minimum = 1;
    port.maximum = 65'535;
    ProviderField security = field(QStringLiteral("security"), QStringLiteral("Encryption"), FieldType::Choice);
    security.choices = QStringList{QStringLiteral("starttls"), QStringLiteral("tls")};
    security.defaultValue = QStringLiteral("starttls");
    ProviderField verify = field(QStringLiteral("verify"), QStringLiteral("Check certificate"), FieldType::Boolean);
    verify.defaultValue = true;
    ProviderField password = field(QStringLiteral("password"), QStringLiteral("Password"), FieldType::Password);
    password.secret = password.required = true;
    provider.fields = {host, port, security, verify, password};
    return provider;
}

// A private key beside a password.
ProviderDescription signing()
{
    ProviderDescription provider = smtp();
    ProviderField key = field(QStringLiteral("key"), QStringLiteral("DKIM private key"), FieldType::Multiline);
    key.secret = true;
    key.help = QStringLiteral("In PEM form.");
    provider.fields += key;
    return provider;
}

QLineEdit* passwordOf(const ProviderForm& form)
{
    return form.findChild<QLineEdit*>(QStringLiteral("field_password"));
}

} // namespace

class ProviderFormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsWithDefaults()
    {
        const ProviderForm form(smtp(), {});
        QCOMPARE(form.settings(),
                 (QJsonObject{{QStringLiteral("host"), QString()},
                              {QStringLiteral("port"), 587},
                              {QStringLiteral("security"), QStringLiteral("starttls")},
                              {QStringLiteral("verify"), true}}));
        QVERIFY(form.secrets().isEmpty());
    }

    void givesBackWhatIsTyped()
    {
        ProviderForm form(smtp(), {{{QStringLiteral("host"), QStringLiteral("mail.example.org")}}, true});
        QSignalSpy edited(&form, &ProviderForm::edited);
        form.findChild<QDoubleSpinBox*>(QStringLiteral("field_port"))->setValue(465);
        form.findChild<QComboBox*>(QStringLiteral("field_security"))->setCurrentText(QStringLiteral("tls"));
        form.findChild<QCheckBox*>(QStringLiteral("field_verify"))->click();
        QTest::keyClicks(form.findChild<QLineEdit*>(QStringLiteral("field_host")), QStringLiteral("x"));
        QCOMPARE(edited.size(), 4);
        QCOMPARE(form.settings(),
                 (QJsonObject{{QStringLiteral("host"), QStringLiteral("mail.example.orgx")},
                              {QStringLiteral("port"), 465},
                              {QStringLiteral("security"), QStringLiteral("tls")},
                              {QStringLiteral("verify"), false}}));
    }

    // A secret is never shown, never among the settings, and given back only when it was typed.
    void keepsSecretsApart()
    {
        ProviderForm form(smtp(), {{}, true, {QStringLiteral("password")}, Place});
        QCOMPARE(passwordOf(form)->echoMode(), QLineEdit::Password);
        QVERIFY(passwordOf(form)->placeholderText().startsWith(u"Kept"));
        QVERIFY(passwordOf(form)->toolTip().contains(Place));
        QVERIFY(passwordOf(form)->text().isEmpty());
        QTest::keyClicks(passwordOf(form), QStringLiteral("hush"));
        QCOMPARE(form.secrets().value(QStringLiteral("password")), Secret("hush"));
        QVERIFY(!form.settings().contains(QStringLiteral("password")));
        form.forgetSecrets();
        QVERIFY(form.secrets().isEmpty());
        QVERIFY(passwordOf(form)->text().isEmpty());
    }

    void removesAStoredSecret()
    {
        ProviderForm form(smtp(), {{}, true, {QStringLiteral("password")}, Place});
        auto* remove = form.findChild<QAction*>(QStringLiteral("remove_password"));
        QVERIFY(remove);
        form.show();
        QVERIFY(QTest::qWaitForWindowActive(&form));
        passwordOf(form)->setFocus();
        QTest::keyClick(passwordOf(form), Qt::Key_Delete, Qt::AltModifier);
        QVERIFY(form.secrets().contains(QStringLiteral("password")));
        QVERIFY(form.secrets().value(QStringLiteral("password")).isEmpty());
    }

    void saysThatASecretIsMissing()
    {
        const ProviderForm form(smtp(), {{}, true, {}, Place});
        QVERIFY(passwordOf(form)->placeholderText().contains(u"Missing"));
        QVERIFY(!form.findChild<QAction*>(QStringLiteral("remove_password")));
    }

    // A private key has lines: they must come back as they were pasted, and be gone once they were saved.
    void takesASecretOfSeveralLines()
    {
        ProviderForm form(signing(), {{}, true, {QStringLiteral("password"), QStringLiteral("key")}, Place});
        auto* text = form.findChild<QPlainTextEdit*>(QStringLiteral("field_key"));
        QVERIFY(text);
        QVERIFY(text->placeholderText().startsWith(u"Kept"));
        QVERIFY(form.secrets().isEmpty());
        const QString pem = QStringLiteral("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n");
        QSignalSpy edited(&form, &ProviderForm::edited);
        text->insertPlainText(pem);
        QVERIFY(!edited.isEmpty());
        QCOMPARE(form.secrets().value(QStringLiteral("key")), Secret(pem.toUtf8()));
        QVERIFY(!form.settings().contains(QStringLiteral("key")));
        form.forgetSecrets();
        QVERIFY(form.secrets().isEmpty());
        text->undo();
        QVERIFY(text->toPlainText().isEmpty());
        form.findChild<QAction*>(QStringLiteral("remove_key"))->trigger();
        QVERIFY(text->placeholderText().contains(u"removed"));
        QVERIFY(form.secrets().contains(QStringLiteral("key")) && form.secrets().value(QStringLiteral("key")).isEmpty());
    }

    // The placeholder is whole and beside the button that removes the key; the picture is for people to look at.
    void aSecretOfSeveralLinesFitsTheForm()
    {
        ProviderForm form(signing(), {{}, true, {QStringLiteral("password"), QStringLiteral("key")}, Place});
        form.resize(560, form.sizeHint().height());
        form.show();
        QVERIFY(QTest::qWaitForWindowExposed(&form));
        const auto* text = form.findChild<QPlainTextEdit*>(QStringLiteral("field_key"));
        const auto* button = text->findChild<QToolButton*>();
        QVERIFY(text->rect().contains(button->geometry()));
        QVERIFY(text->height() >= 4 * text->fontMetrics().lineSpacing());
        QVERIFY(text->fontMetrics().horizontalAdvance(text->placeholderText()) < button->geometry().left());
        const QImage picture = form.grab().toImage();
        QVERIFY(!picture.isNull());
        const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
        QVERIFY(folder.isEmpty() || (QDir().mkpath(folder) && picture.save(folder + QStringLiteral("/secret-text.png"))));
    }

    void whatIsRarelyNeededIsFoldedAway()
    {
        ProviderDescription provider = smtp();
        provider.fields[1].advanced = true; // the port
        ProviderForm form(provider, {});
        form.show();
        auto* port = form.findChild<QDoubleSpinBox*>(QStringLiteral("field_port"));
        auto* fold = form.findChild<QToolButton*>(QStringLiteral("formFold"));
        QVERIFY(fold && !port->isVisible());
        QCOMPARE(form.settings().value(QStringLiteral("port")), QJsonValue(587));
        fold->click();
        QVERIFY(port->isVisible());
        fold->click();
        QVERIFY(form.showError({ErrorCode::InvalidInput, QStringLiteral("Wrong."), QStringLiteral("port")}));
        QVERIFY(port->isVisible());
    }

    void asksToCheckWhatWasTypedAfterAPause()
    {
        ProviderForm form(smtp(), {});
        QStringList checked;
        connect(&form, &ProviderForm::fieldToCheck, this,
                [&](const ProviderField& field) { checked << field.key + u'=' + form.valueOf(field).toString(); });
        form.setErrorOf(QStringLiteral("host"), QStringLiteral("Wrong."));
        QTest::keyClicks(form.findChild<QLineEdit*>(QStringLiteral("field_host")), QStringLiteral("ab"));
        QVERIFY2(form.errorOf(QStringLiteral("host")).isEmpty(), "what was wrong may be right by now");
        QTRY_COMPARE(checked, QStringList{QStringLiteral("host=ab")});
    }

    void whatWasRecognisedIsFilledIn()
    {
        ProviderForm form(smtp(), {{{QStringLiteral("port"), 465}}});
        form.setSecrets({{QStringLiteral("password"), Secret("hush")}, {QStringLiteral("unknown"), Secret("x")}});
        QCOMPARE(form.settings().value(QStringLiteral("port")), QJsonValue(465));
        QCOMPARE(form.secrets(), (QHash<QString, Secret>{{QStringLiteral("password"), Secret("hush")}}));
    }

    // A form that is made anew over another description of the same provider.
    void whatWasTypedGoesIntoTheNextForm()
    {
        ProviderDescription next = smtp();
        ProviderForm form(smtp(), {{{QStringLiteral("port"), 465}}, true, {QStringLiteral("password")}, Place});
        QVERIFY(form.edits().isEmpty());
        QTest::keyClicks(form.findChild<QLineEdit*>(QStringLiteral("field_host")), QStringLiteral("127"));
        form.findChild<QAction*>(QStringLiteral("remove_password"))->trigger();
        QCOMPARE(form.edits(), (QJsonObject{{QStringLiteral("host"), QStringLiteral("127")}}));
        next.fields[0].type = FieldType::Number;
        next.fields[1].defaultValue = 25;
        next.fields[2].defaultValue = QStringLiteral("tls");
        ProviderForm other(next, {{}, true, {QStringLiteral("password")}, Place, form.edits()});
        other.setSecrets(form.secrets());
        QCOMPARE(other.settings().value(QStringLiteral("host")), QJsonValue(127));
        QCOMPARE(other.settings().value(QStringLiteral("port")), QJsonValue(25));
        QCOMPARE(other.settings().value(QStringLiteral("security")), QJsonValue(QStringLiteral("tls")));
        QCOMPARE(other.secrets(), (QHash<QString, Secret>{{QStringLiteral("password"), Secret()}}));
        next.fields.removeFirst();
        const ProviderForm without(next, {{}, true, {}, Place, other.edits()});
        QVERIFY2(without.edits().contains(QStringLiteral("host")), "its field may come back");
        QVERIFY(!without.settings().contains(QStringLiteral("host")));
    }

    void addressesInItsHelpCanBeOpened()
    {
        QCOMPARE(withLinks(QStringLiteral("At api.slack.com/apps: your app.")),
                 QStringLiteral("At <a href=\"https://api.slack.com/apps\">api.slack.com/apps</a>: your app."));
        QCOMPARE(withLinks(QStringLiteral("See https://pushover.net/api. Then <b>.")),
                 QStringLiteral("See <a href=\"https://pushover.net/api\">https://pushover.net/api</a>. Then &lt;b&gt;."));
        for (const QString& none :
             {QStringLiteral("Begins with https://hooks.slack.com/..."),
              QStringLiteral("Its name, for example smtp.example.org."), QStringLiteral("me@gmail.com")})
            QCOMPARE(withLinks(none), none);
    }

    void putsAnErrorAtItsField()
    {
        ProviderForm form(smtp(), {});
        const QString said = QStringLiteral("The server's name is missing.");
        QVERIFY(form.showError({ErrorCode::InvalidInput, said, QStringLiteral("host")}));
        QCOMPARE(form.errorOf(QStringLiteral("host")), said);
        QVERIFY(!form.showError({ErrorCode::InvalidInput, said, QStringLiteral("colour")}));
        form.clearErrors();
        QVERIFY(form.errorOf(QStringLiteral("host")).isEmpty());
    }
};

QTEST_MAIN(ProviderFormTest)
#include "ProviderFormTest.moc"
