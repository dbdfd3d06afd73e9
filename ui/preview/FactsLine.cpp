// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/FactsLine.h"

#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int fillSteps = 1'000;
constexpr qsizetype mostNotes = 5;

QString unitText(const QString& unit)
{
    if (unit == u"characters")
        return FactsLine::tr("characters");
    return unit == u"units" ? FactsLine::tr("units") : unit;
}

QString lengthText(const MessageFacts& facts)
{
    if (facts.unit == u"bytes") {
        const QString length = QLocale().formattedDataSize(facts.length, 1, QLocale::DataSizeSIFormat);
        return facts.limit > 0
            ? FactsLine::tr("%1 of %2").arg(length, QLocale().formattedDataSize(facts.limit, 1, QLocale::DataSizeSIFormat))
            : length;
    }
    const QString unit = unitText(facts.unit);
    return facts.limit > 0 ? FactsLine::tr("%1 of %2 %3").arg(countText(facts.length), countText(facts.limit), unit)
                           : FactsLine::tr("%1 %2").arg(countText(facts.length), unit);
}

} // namespace

QString factsText(const MessageFacts& facts)
{
    QStringList words;
    if (facts.length > 0)
        words << lengthText(facts);
    if (facts.parts > 1)
        words << (facts.encoding.isEmpty() ? FactsLine::tr("%1 messages") : FactsLine::tr("%1 parts")).arg(facts.parts);
    if (!facts.encoding.isEmpty())
        words << facts.encoding;
    if (facts.cut)
        words << FactsLine::tr("cut to what the channel takes");
    return words.join(u" · "_qs);
}

FactsLine::FactsLine(QWidget* parent)
    : QWidget(parent)
    , m_summary(new QLabel(this))
    , m_fill(new QProgressBar(this))
    , m_notes(new QLabel(this))
{
    m_summary->setObjectName(QStringLiteral("previewFacts"));
    m_summary->setAccessibleName(tr("Facts about this message"));
    setRole(m_summary, "muted");
    m_fill->setTextVisible(false);
    m_fill->setRange(0, fillSteps);
    m_fill->setFixedWidth(90);
    m_fill->setAccessibleName(tr("How full it is"));
    m_notes->setObjectName(QStringLiteral("previewNotes"));
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setWordWrap(true);
    setRole(m_notes, "muted");
    auto* line = new QHBoxLayout;
    line->setSpacing(Theme::Space);
    line->addWidget(m_summary);
    line->addWidget(m_fill);
    line->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(line);
    column->addWidget(m_notes);
    hide();
}

void FactsLine::setFacts(const MessageFacts& facts)
{
    const QString summary = factsText(facts);
    m_summary->setText(summary);
    m_fill->setVisible(facts.limit > 0 && facts.length > 0);
    m_fill->setValue(facts.limit > 0 ? int(std::min<qint64>(fillSteps, facts.length * fillSteps / facts.limit)) : 0);
    m_notes->setText(facts.notes.mid(0, mostNotes).join(u'\n'));
    m_notes->setVisible(!facts.notes.isEmpty());
    setVisible(!summary.isEmpty() || !facts.notes.isEmpty());
}

} // namespace carillon::ui
