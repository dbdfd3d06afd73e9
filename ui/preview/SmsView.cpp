// SPDX-License-Identifier: GPL-3.0-or-later

// An SMS: one bubble, with the borders of its parts, and what makes it cost what it costs.

#include "ui/preview/MessageViews.h"
#include "ui/preview/Pieces.h"
#include "ui/preview/RichTextView.h"
#include "ui/preview/SmsParts.h"
#include "ui/widgets/Theme.h"

#include <QHBoxLayout>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int bubbleWidth = 380;
constexpr qsizetype mostListed = 12;
constexpr int mostParts = 30; // drawn: no platform joins more, and nobody reads them

// Characters that GSM-7 has not are marked: they are what turns the whole message into UCS-2.
RichMessage withMarks(const QString& text, bool marksBeyondGsm)
{
    RichBlock block;
    QString run;
    bool runIsMarked = false;
    const auto flush = [&] {
        if (!run.isEmpty())
            block.spans << RichSpan{std::exchange(run, QString()), runIsMarked ? int(RichSpan::Marked) : 0, {}};
    };
    for (const QChar character : text) {
        const bool isMarked = marksBeyondGsm && !isGsm(character);
        if (isMarked != runIsMarked)
            flush();
        runIsMarked = isMarked;
        run += character;
    }
    flush();
    return {block};
}

QWidget* partBorder(int part, const PlatformLook& look, QWidget* parent)
{
    auto* line = new QWidget(parent);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    for (int n = 0; n < 2; ++n) {
        auto* dashes = new QFrame(line);
        dashes->setFixedHeight(1);
        dashes->setStyleSheet(u"border: none; border-top: 1px dashed "_qs + look.rich.muted.name());
        row->addWidget(dashes, 1);
        if (n == 0)
            row->addWidget(caption(MessageView::tr("Part %1 begins").arg(part), look.rich.muted, line, 0.76));
    }
    return line;
}

QString countOf(const QList<SmsPart>& parts, const QString& encoding)
{
    const SmsPart& last = parts.last();
    const QString name = parts.size() == 1 ? MessageView::tr("1 part") : MessageView::tr("%1 parts").arg(parts.size());
    return MessageView::tr("%1 · %2 · %3 of %4 units in %5")
        .arg(name, encoding)
        .arg(last.units)
        .arg(last.capacity)
        .arg(parts.size() == 1 ? MessageView::tr("it") : MessageView::tr("the last"));
}

QString whyUcs2(const QStringList& beyond)
{
    QStringList shown;
    for (const QString& character : beyond.mid(0, mostListed))
        shown << u'"' + character + u"\" (U+"_qs
                + QString::number(character.toUcs4().value(0), 16).toUpper().rightJustified(4, u'0') + u')';
    const QString list = shown.join(u", "_qs) + (beyond.size() > mostListed ? u", …"_qs : QString());
    return MessageView::tr("UCS-2, with 70 instead of 160 characters to a message, because of %1").arg(list);
}

QLabel* note(const QString& text, const PlatformLook& look, QWidget* parent)
{
    auto* label = caption(text, look.rich.muted, parent, 0.82);
    label->setWordWrap(true);
    label->setMaximumWidth(bubbleWidth);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    return label;
}

void addMessage(const QJsonObject& message, const Preview& preview, const PlatformLook& look, Bubble* ground)
{
    const QString text = message.value(u"text"_qs).toString();
    const QStringList beyond = charactersBeyondGsm(text);
    QString encoding = message.value(u"encoding"_qs).toString(preview.facts.encoding);
    if (encoding.isEmpty())
        encoding = beyond.isEmpty() ? u"GSM-7"_qs : u"UCS-2"_qs;
    const bool ucs2 = encoding == u"UCS-2";
    const QList<SmsPart> parts = smsParts(text, ucs2);
    auto* bubble = new Bubble(look.bubble, 17, ground);
    bubble->setMaximumWidth(bubbleWidth);
    bubble->setPadding(14, 9);
    bubble->setObjectName(QStringLiteral("previewSms"));
    for (int n = 0; n < std::min(int(parts.size()), mostParts); ++n) {
        if (n > 0)
            bubble->column()->addWidget(partBorder(n + 1, look, bubble));
        bubble->column()->addWidget(new RichTextView(withMarks(parts.at(n).text, ucs2), look.rich, bubble));
    }
    if (parts.size() > mostParts)
        bubble->column()->addWidget(
            caption(MessageView::tr("… and %1 more parts").arg(parts.size() - mostParts), look.rich.muted, bubble));
    addLeft(ground->column(), bubble);
    auto* count = note(countOf(parts, encoding), look, ground);
    count->setObjectName(QStringLiteral("previewSmsCount"));
    ground->column()->addWidget(count);
    if (ucs2 && !beyond.isEmpty())
        ground->column()->addWidget(note(whyUcs2(beyond), look, ground));
}

} // namespace

QWidget* drawSms(const Preview& preview, const ViewContext& context)
{
    const PlatformLook look = lookOf(Platform::Sms, context.dark);
    auto* ground = new Bubble(look.ground, groundRadius, context.parent);
    ground->setPadding(Theme::PageMargin, Theme::PageMargin);
    auto* sender = caption(senderOf(preview), look.rich.muted, ground, 0.86);
    ground->column()->addWidget(sender, 0, Qt::AlignHCenter);
    for (const QJsonObject& message : messagesOf(preview))
        addMessage(message, preview, look, ground);
    ground->column()->addStretch(1);
    return ground;
}

} // namespace carillon::ui
