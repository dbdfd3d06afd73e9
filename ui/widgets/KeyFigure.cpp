// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/KeyFigure.h"

#include <QLabel>
#include <QVBoxLayout>

namespace carillon::ui {

KeyFigure::KeyFigure(const QString& title, QWidget* parent)
    : QFrame(parent)
    , m_titleText(title)
    , m_value(new QLabel(QStringLiteral("\u2013"), this))
    , m_note(new QLabel(this))
{
    setRole(this, "card");
    auto* name = new QLabel(title, this);
    setRole(name, "muted");
    setRole(m_value, "figure");
    setRole(m_note, "muted");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(2);
    layout->addWidget(name);
    layout->addWidget(m_value);
    layout->addWidget(m_note);
}

void KeyFigure::setValue(const QString& value, const QString& note, Tone tone)
{
    m_value->setText(value);
    m_note->setText(note);
    setAccessibleName(u"%1: %2 %3"_qs.arg(m_titleText, value, note));
    if (tone == m_tone)
        return;
    m_tone = tone;
    static const char* const Roles[] = {"figure", "figureInfo", "figureGood", "figureWarning", "figureBad"};
    setRole(m_value, Roles[static_cast<int>(tone)]);
}

QString KeyFigure::value() const
{
    return m_value->text();
}

} // namespace carillon::ui
