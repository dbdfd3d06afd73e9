// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Limits.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace carillon {

enum class FieldType { Text, Multiline, Number, Boolean, Choice, Url, Password };

// One setting of an account, as data: the form, its checks and the masking are made from it.
struct ProviderField {
    QString key;
    QString label;
    FieldType type = FieldType::Text;
    QString help;
    QJsonValue defaultValue;
    QStringList choices; // Choice only
    QString pattern; // regular expression that the whole value must match; empty: any
    bool required = false;
    bool secret = false; // goes to the vault, never to the database
    bool advanced = false; // rarely needed: shown apart from the others
    bool generated = false; // a secret that the program makes by itself: an account without one gets one when it is saved
    double minimum = 0;
    double maximum = 0; // Number only; both 0: any
};

// What a provider is, as data.
struct ProviderDescription {
    QString key; // "smtp"
    QString name; // "SMTP server"
    QString channel; // the medium: "email"
    QString help; // one sentence: what it is for, what is needed
    QString addressLabel; // what an address looks like: "name@example.org"
    QString addressPattern;
    qint64 maxMessageBytes = 0; // 0: no limit known
    AccountLimits limits; // what the platform documents: those of a new account that has none of its own
    QList<ProviderField> fields;
};

} // namespace carillon
