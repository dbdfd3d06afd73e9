// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TemplateOptions.h"

#include "engine/model/Channel.h"
#include "ui/widgets/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSpinBox>

namespace carillon::ui {

namespace {

constexpr int mostParts = 255; // what the concatenation header of an SMS can count
const QString maxPartsKey = QStringLiteral("max_parts");

} // namespace

TemplateOptions::TemplateOptions(const Template& content, QWidget* parent)
    : QWidget(parent)
    , m_rows(new QFormLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(Theme::Space);
    m_rows->setVerticalSpacing(Theme::SmallSpace);
    m_rows->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    if (content.scope == TemplateScope::Topic || content.scope == TemplateScope::Category) {
        addOverflow(content);
        if (content.channel == u"telegram")
            addTelegram();
        else if (content.channel == u"whatsapp")
            addWhatsApp();
        else if (content.channel == u"sms")
            addSms();
    }
    if (content.scope == TemplateScope::Topic)
        addSwitch(QStringLiteral("replaces_built_in"), tr("Goes before the built-&in content"),
                  tr("Where Carillon brings content for this topic along, this is taken instead."));
    setSettings(content.settings);
}

bool TemplateOptions::isEmpty() const
{
    return m_rows->rowCount() == 0;
}

// Mail and webhooks have no length that a text could be fitted to.
void TemplateOptions::addOverflow(const Template& content)
{
    const QString medium = channelOf(content.channel).medium;
    if (medium == u"email" || medium == u"webhook")
        return;
    QList<std::pair<QString, QString>> choices{{QStringLiteral("refuse"), tr("Refuse it: the delivery fails")},
                                               {QStringLiteral("cut"), tr("Cut it at a word")}};
    if (medium == u"chat" || medium == u"sms")
        choices << std::pair(QStringLiteral("split"), tr("Split it into several messages"));
    addChoice(QStringLiteral("overflow"), tr("When it is too &long"),
              tr("What happens to a message that is longer than the channel takes."), choices);
}

void TemplateOptions::addTelegram()
{
    addChoice(QStringLiteral("parse_mode"), tr("W&ritten in"), tr("How Telegram reads the text."),
              {{QStringLiteral("html"), tr("HTML")},
               {QStringLiteral("markdown"), tr("MarkdownV2")},
               {QStringLiteral("plain"), tr("Plain text")}});
    addSwitch(QStringLiteral("silent"), tr("Silen&t"), tr("It arrives without a sound."));
}

void TemplateOptions::addWhatsApp()
{
    addLine(QStringLiteral("template_name"), tr("Approved &template"),
            tr("Its name at WhatsApp; empty: a text, which only reaches who wrote within a day"));
    addLine(QStringLiteral("template_language"), tr("Template lang&uage"), tr("As WhatsApp knows it, for example en_US"));
}

void TemplateOptions::addSms()
{
    addSwitch(QStringLiteral("transliterate"), tr("Replace characters that make it d&ear"),
              tr("Look-alikes stand for what the GSM-7 alphabet has not: a straight quote for a curly one."));
    m_maxParts = new QSpinBox(this);
    m_maxParts->setObjectName(u"option_" + maxPartsKey);
    m_maxParts->setRange(0, mostParts);
    m_maxParts->setSpecialValueText(tr("as the channel allows"));
    m_maxParts->setMaximumWidth(200);
    m_maxParts->setToolTip(tr("Each part is billed; more than these count as too long."));
    m_maxParts->setAccessibleName(tr("Parts at most"));
    m_rows->addRow(tr("Parts a&t most"), m_maxParts);
    connect(m_maxParts, &QSpinBox::valueChanged, this, &TemplateOptions::touched);
}

QComboBox* TemplateOptions::addChoice(const QString& key, const QString& label, const QString& help,
                                      const QList<std::pair<QString, QString>>& choices)
{
    auto* box = new QComboBox(this);
    box->setObjectName(u"option_" + key);
    box->setToolTip(help);
    box->setAccessibleName(QString(label).remove(u'&'));
    for (const auto& [value, title] : choices)
        box->addItem(title, value);
    m_rows->addRow(label, box);
    m_choices.insert(key, box);
    connect(box, &QComboBox::currentIndexChanged, this, &TemplateOptions::touched);
    return box;
}

QCheckBox* TemplateOptions::addSwitch(const QString& key, const QString& label, const QString& help)
{
    auto* box = new QCheckBox(label, this);
    box->setObjectName(u"option_" + key);
    box->setToolTip(help);
    m_rows->addRow(box);
    m_switches.insert(key, box);
    connect(box, &QCheckBox::toggled, this, &TemplateOptions::touched);
    return box;
}

QLineEdit* TemplateOptions::addLine(const QString& key, const QString& label, const QString& hint)
{
    auto* line = new QLineEdit(this);
    line->setObjectName(u"option_" + key);
    line->setPlaceholderText(hint);
    line->setAccessibleName(QString(label).remove(u'&'));
    m_rows->addRow(label, line);
    m_lines.insert(key, line);
    connect(line, &QLineEdit::textChanged, this, &TemplateOptions::touched);
    return line;
}

void TemplateOptions::touched()
{
    if (!m_filling)
        Q_EMIT changed();
}

void TemplateOptions::setSettings(const QJsonObject& settings)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_settings = settings;
    for (auto choice = m_choices.cbegin(); choice != m_choices.cend(); ++choice)
        choice.value()->setCurrentIndex(qMax(0, choice.value()->findData(settings.value(choice.key()).toString())));
    for (auto option = m_switches.cbegin(); option != m_switches.cend(); ++option)
        option.value()->setChecked(settings.value(option.key()).toBool());
    for (auto line = m_lines.cbegin(); line != m_lines.cend(); ++line)
        line.value()->setText(settings.value(line.key()).toString());
    if (m_maxParts)
        m_maxParts->setValue(settings.value(maxPartsKey).toInt());
}

QJsonObject TemplateOptions::settings() const
{
    QJsonObject settings = m_settings;
    const auto put = [&settings](const QString& key, const QJsonValue& value, bool usual) {
        usual ? settings.remove(key) : void(settings.insert(key, value));
    };
    for (auto choice = m_choices.cbegin(); choice != m_choices.cend(); ++choice)
        put(choice.key(), choice.value()->currentData().toString(), choice.value()->currentIndex() == 0);
    for (auto option = m_switches.cbegin(); option != m_switches.cend(); ++option)
        put(option.key(), true, !option.value()->isChecked());
    for (auto line = m_lines.cbegin(); line != m_lines.cend(); ++line)
        put(line.key(), line.value()->text().trimmed(), line.value()->text().trimmed().isEmpty());
    if (m_maxParts)
        put(maxPartsKey, m_maxParts->value(), m_maxParts->value() == 0);
    return settings;
}

QString TemplateOptions::summary() const
{
    QStringList words;
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        const QLayoutItem* item = m_rows->itemAt(row, QFormLayout::FieldRole);
        QWidget* widget = item ? item->widget() : nullptr;
        if (!widget && m_rows->itemAt(row, QFormLayout::SpanningRole))
            widget = m_rows->itemAt(row, QFormLayout::SpanningRole)->widget();
        if (const auto* choice = qobject_cast<QComboBox*>(widget); choice && choice->currentIndex() > 0)
            words << choice->currentText();
        else if (const auto* option = qobject_cast<QCheckBox*>(widget); option && option->isChecked())
            words << option->text().remove(u'&');
        else if (const auto* line = qobject_cast<QLineEdit*>(widget); line && !line->text().trimmed().isEmpty())
            words << line->text().trimmed();
        else if (widget && widget == m_maxParts && m_maxParts->value() > 0)
            words << tr("parts at most: %1").arg(m_maxParts->value());
    }
    return words.join(QStringLiteral(", "));
}

} // namespace carillon::ui
