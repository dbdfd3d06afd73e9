// SPDX-License-Identifier: GPL-3.0-or-later

// What a webhook gets: its JSON, laid out and coloured.

#include "ui/preview/JsonText.h"
#include "ui/preview/MessageViews.h"
#include "ui/preview/Pieces.h"

#include <QFontDatabase>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr qsizetype longestShown = 500'000;

QByteArray jsonOf(const Preview& preview)
{
    if (!preview.source.isEmpty())
        return preview.source;
    const QString body = preview.parts.value(u"body"_qs);
    return body.isEmpty() && !preview.fields.isEmpty() ? QJsonDocument(preview.fields).toJson(QJsonDocument::Compact)
                                                       : body.toUtf8();
}

} // namespace

QWidget* drawJson(const Preview& preview, const ViewContext& context)
{
    const QColor ground = context.dark ? 0x1c1f26 : 0xffffff;
    const QColor words = context.dark ? 0xe6e8ee : 0x1b1f2a;
    const QByteArray json = jsonOf(preview);
    auto* text = new QPlainTextEdit(context.parent);
    text->setObjectName(QStringLiteral("previewJson"));
    text->setAccessibleName(MessageView::tr("The JSON that is posted"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setStyleSheet(QStringLiteral("QPlainTextEdit { background: %1; color: %2; border: none; padding: 8px; }")
                            .arg(ground.name(), words.name()));
    text->setPlainText(layOutJson(json).left(longestShown));
    (new JsonHighlighter(text->document()))->setDark(context.dark);
    return text;
}

} // namespace carillon::ui
