// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace carillon {

// How a text travels by SMS (3GPP TS 23.038 and 23.040): in which alphabet, in how many parts, and which characters make it
// dearer than it needs to be. A value, cheap to make: lint, previews and the builder use it alike.
//
// GSM-7 holds 160 septets in one part; a longer text goes in parts of 153, because each then carries six octets that say
// which part of how many it is. { } [ ] ~ \ ^ | and € take two septets. One character that GSM-7 has not makes the whole
// text UCS-2: 70 UTF-16 units in one part, 67 in each of several. Neither a pair of septets nor one of surrogates is split
// between parts.
class SmsText {
public:
    enum class Encoding { Gsm7, Ucs2 };

    // A character that GSM-7 has not.
    struct Offender {
        qsizetype position = 0; // in UTF-16 units
        QString character;
        QString lookAlike; // what GSM-7 has in its place ("'" for ’, nothing for a zero-width one)
        bool hasLookAlike = false;
    };

    static constexpr int mostParts = 255; // the header counts in one octet
    static constexpr qsizetype mostOffenders = 100; // that are listed

    explicit SmsText(const QString& text);

    Encoding encoding() const { return m_encoding; }
    QString encodingName() const; // "GSM-7" or "UCS-2"
    qint64 units() const { return m_units; } // septets or UTF-16 units
    qint64 parts() const { return qint64(m_ends.size()); } // 0 for an empty text
    int unitsPerPart() const; // 160, 153, 70 or 67: as many parts as there are
    QStringList split() const; // the text of each part
    const QList<Offender>& offenders() const { return m_offenders; }

    // Every offender can be replaced: the text would be GSM-7.
    bool canBeGsm7() const { return m_canBeGsm7; }

    // The text with look-alikes for what GSM-7 has not: ’ becomes ', … becomes ..., á becomes a; what has none stays.
    static QString transliterated(const QString& text);

private:
    void analyse();
    void divide(int single, int several);

    QString m_text;
    Encoding m_encoding = Encoding::Gsm7;
    qint64 m_units = 0;
    QList<qsizetype> m_ends; // of the parts, in UTF-16 units
    QList<Offender> m_offenders;
    bool m_canBeGsm7 = true;
};

} // namespace carillon
