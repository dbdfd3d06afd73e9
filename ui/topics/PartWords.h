// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Channel.h"
#include "engine/model/Topic.h"
#include "ui/editor/LiquidScanner.h"

#include <QString>

namespace carillon::ui {

// How the parts of templates, and templates themselves, are called and shown.

// The parts that a template has, in the order a form shows them: by its channel; "body" of a snippet.
QList<ChannelPart> partsOf(const Template& content);
QString partTitle(const QString& part); // "HTML"
QString partHint(const Template& content, const QString& part); // what stands in an empty field
bool isLine(PartFormat format); // shown as one line
// What an editor colours a part as; the template's settings say it for Telegram.
HostLanguage languageOf(PartFormat format, const QJsonObject& settings);

QString languageTitle(const QString& locale); // "German (de)", "every language"
QString categoryTitle(Category category);
// "Email, German (de), Shop, variant b"; brands by id.
QString templateTitle(const Template& content, const QList<Brand>& brands);
// Whether two templates are for the same channel, locale, brand and variant (of the same scope and key).
bool isSamePlace(const Template& one, const Template& other);
// Empty when a locale can be given to content ("pt-BR"), else what is wrong with it.
QString localeProblem(const QString& locale);

} // namespace carillon::ui
