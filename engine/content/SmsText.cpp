// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SmsText.h"

#include "engine/content/GsmAlphabet.h"

namespace carillon {

namespace {

constexpr int gsmSingle = 160;
constexpr int gsmSeveral = 153;
constexpr int ucsSingle = 70;
constexpr int ucsSeveral = 67;

// The character at a place; a surrogate that stands alone counts as one.
char32_t characterAt(const QString& text, qsizetype at)
{
    const QChar c = text[at];
    if (c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return QChar::surrogateToUcs4(c, text[at + 1]);
    return c.unicode();
}

qsizetype unitsOf(char32_t character)
{
    return character > 0xffff ? 2 : 1;
}

} // namespace

SmsText::SmsText(const QString& text)
    : m_text(text)
{
    analyse();
    if (m_encoding == Encoding::Gsm7)
        divide(gsmSingle, gsmSeveral);
    else
        divide(ucsSingle, ucsSeveral);
}

void SmsText::analyse()
{
    qint64 septets = 0;
    for (qsizetype at = 0; at < m_text.size();) {
        const char32_t character = characterAt(m_text, at);
        const int size = septetsOf(character);
        septets += size;
        if (size == 0) {
            m_encoding = Encoding::Ucs2;
            if (m_canBeGsm7 || m_offenders.size() < mostOffenders) {
                const std::optional<QString> alike = gsmLookAlike(character);
                m_canBeGsm7 = m_canBeGsm7 && alike.has_value();
                if (m_offenders.size() < mostOffenders)
                    m_offenders << Offender{at, m_text.mid(at, unitsOf(character)), alike.value_or(QString()),
                                            alike.has_value()};
            }
        }
        at += unitsOf(character);
    }
    m_units = m_encoding == Encoding::Gsm7 ? septets : m_text.size();
}

// Where each part ends: the whole text when it fits into `single` units, else parts of `several`.
void SmsText::divide(int single, int several)
{
    if (m_units <= single) {
        if (!m_text.isEmpty())
            m_ends << m_text.size();
        return;
    }
    int used = 0;
    for (qsizetype at = 0; at < m_text.size();) {
        const char32_t character = characterAt(m_text, at);
        const int size = m_encoding == Encoding::Gsm7 ? septetsOf(character) : int(unitsOf(character));
        if (used + size > several) {
            m_ends << at;
            used = 0;
        }
        used += size;
        at += unitsOf(character);
    }
    m_ends << m_text.size();
}

QString SmsText::encodingName() const
{
    return m_encoding == Encoding::Gsm7 ? QStringLiteral("GSM-7") : QStringLiteral("UCS-2");
}

int SmsText::unitsPerPart() const
{
    if (m_encoding == Encoding::Gsm7)
        return parts() > 1 ? gsmSeveral : gsmSingle;
    return parts() > 1 ? ucsSeveral : ucsSingle;
}

QStringList SmsText::split() const
{
    QStringList result;
    qsizetype begin = 0;
    for (const qsizetype end : m_ends) {
        result << m_text.mid(begin, end - begin);
        begin = end;
    }
    return result;
}

QString SmsText::transliterated(const QString& text)
{
    const QString composed = text.normalized(QString::NormalizationForm_C);
    QString result;
    result.reserve(composed.size());
    for (qsizetype at = 0; at < composed.size();) {
        const char32_t character = characterAt(composed, at);
        const QString written = composed.mid(at, unitsOf(character));
        result += septetsOf(character) > 0 ? written : gsmLookAlike(character).value_or(written);
        at += unitsOf(character);
    }
    return result;
}

} // namespace carillon
