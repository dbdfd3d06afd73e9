// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace carillon::ui {

// How the message of a template is made: the settings that its channel knows, as a small form. What is as it would be anyway
// stays out of settings(); what the form does not know stays in. Attachments have an editor of their own. Belongs to its
// parent.
class TemplateOptions : public QWidget {
    Q_OBJECT

public:
    explicit TemplateOptions(const Template& content, QWidget* parent = nullptr);

    bool isEmpty() const; // the channel knows no settings
    void setSettings(const QJsonObject& settings);
    QJsonObject settings() const;
    QString summary() const; // what is not as usual: "MarkdownV2, silent"; may be empty

Q_SIGNALS:
    void changed();

private:
    void addOverflow(const Template& content);
    void addTelegram();
    void addWhatsApp();
    void addSms();
    QComboBox* addChoice(const QString& key, const QString& label, const QString& help,
                         const QList<std::pair<QString, QString>>& choices);
    QCheckBox* addSwitch(const QString& key, const QString& label, const QString& help);
    QLineEdit* addLine(const QString& key, const QString& label, const QString& hint);
    void touched();

    QJsonObject m_settings;
    QFormLayout* m_rows;
    QHash<QString, QComboBox*> m_choices; // the first one of each is the default
    QHash<QString, QCheckBox*> m_switches;
    QHash<QString, QLineEdit*> m_lines;
    QSpinBox* m_maxParts = nullptr;
    bool m_filling = false;
};

} // namespace carillon::ui
