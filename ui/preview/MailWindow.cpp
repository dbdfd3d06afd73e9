// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MailWindow.h"

#include "ui/widgets/Theme.h"

#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

QLabel* textLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

struct MailColours {
    QColor ground, text, muted, border;
};

MailColours coloursOf(bool dark)
{
    if (dark)
        return {0x1f1f1f, 0xececec, 0xa4a7ad, 0x3a3b3f};
    return {0xffffff, 0x1b1f2a, 0x5c6475, 0xdde0e7};
}

} // namespace

MailWindow::MailWindow(QWidget* parent)
    : QFrame(parent)
    , m_subject(textLabel(QStringLiteral("previewSubject"), this))
    , m_from(textLabel(QStringLiteral("previewFrom"), this))
    , m_to(textLabel(QStringLiteral("previewTo"), this))
    , m_note(textLabel(QStringLiteral("previewDarkNote"), this))
    , m_attachments(textLabel(QStringLiteral("previewAttachments"), this))
    , m_column(new QVBoxLayout(this))
{
    m_subject->setAccessibleName(tr("Subject"));
    QFont large = m_subject->font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    large.setWeight(QFont::DemiBold);
    m_subject->setFont(large);
    m_subject->setWordWrap(true);
    m_note->setWordWrap(true);
    m_note->hide();
    m_attachments->setWordWrap(true);
    m_attachments->hide();
    auto* head = new QVBoxLayout;
    head->setContentsMargins(16, 12, 16, 8);
    head->setSpacing(2);
    for (QLabel* label : {m_subject, m_from, m_to, m_note})
        head->addWidget(label);
    setPhone(false);
    m_column->setSpacing(0);
    m_column->addLayout(head);
    m_column->addStretch(1);
    m_attachments->setContentsMargins(16, 8, 16, 10);
    m_column->addWidget(m_attachments);
    dress();
}

void MailWindow::setHead(const QString& subject, const QString& from, const QString& to)
{
    m_subject->setText(subject.isEmpty() ? tr("(no subject)") : subject);
    m_from->setText(from);
    m_from->setToolTip(from.toHtmlEscaped());
    m_to->setText(to.isEmpty() ? tr("to nobody: this contact has no mail address") : tr("to %1").arg(to));
}

void MailWindow::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void MailWindow::setAttachments(const QList<MailAttachment>& attachments)
{
    constexpr qsizetype mostNamed = 20;
    QStringList names;
    for (const MailAttachment& file : attachments) {
        if (!file.isInline && names.size() < mostNamed)
            names << u"📎 "_qs + (file.name.isEmpty() ? tr("unnamed") : file.name) + u"  "_qs
                    + QLocale().formattedDataSize(file.size, 1);
    }
    m_attachments->setText(names.join(u"     "_qs));
    m_attachments->setAccessibleName(tr("Attachments: %1").arg(names.join(u", "_qs)));
    m_attachments->setVisible(!names.isEmpty());
}

void MailWindow::setContent(QWidget* content)
{
    delete m_column->takeAt(1); // the stretch that kept its place
    m_column->insertWidget(1, content, 1);
}

void MailWindow::setDark(bool dark)
{
    if (dark == m_dark)
        return;
    m_dark = dark;
    dress();
}

void MailWindow::setPhone(bool phone)
{
    m_phone = phone;
    m_column->setContentsMargins(phone ? 5 : 1, phone ? 10 : 1, phone ? 5 : 1, phone ? 10 : 6);
    update();
}

void MailWindow::dress()
{
    const MailColours colours = coloursOf(m_dark);
    m_subject->setStyleSheet(u"background: transparent; color: "_qs + colours.text.name());
    for (QLabel* label : {m_from, m_to, m_note, m_attachments})
        label->setStyleSheet(u"background: transparent; color: "_qs + colours.muted.name());
    m_from->setStyleSheet(u"background: transparent; color: "_qs + colours.text.name());
    update();
}

void MailWindow::paintEvent(QPaintEvent*)
{
    const MailColours colours = coloursOf(m_dark);
    const int radius = m_phone ? 20 : 8;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_phone ? themeColours(palette()).muted : colours.border, m_phone ? 2 : 1));
    painter.setBrush(colours.ground);
    const double inset = m_phone ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius, radius);
}

} // namespace carillon::ui
