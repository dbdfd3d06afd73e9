// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/SmsParts.h"

namespace carillon::ui {

namespace {

const QString& basicAlphabet()
{
    static const QString alphabet
        = u"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
          "abcdefghijklmnopqrstuvwxyzäöñüà"_qs;
    return alphabet;
}

bool isExtension(QChar character)
{
    return QStringView(u"^{}\\[~]|€\f").contains(character);
}

int unitsOf(QStringView character, bool ucs2)
{
    return ucs2 ? int(character.size()) : isExtension(character.front()) ? 2 : 1;
}

// A surrogate pair is one character, half a pair on its own, too.
QStringView characterAt(const QString& text, qsizetype at)
{
    const bool isPair = text.at(at).isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate();
    return QStringView(text).mid(at, isPair ? 2 : 1);
}

QList<SmsPart> split(const QString& text, bool ucs2, int capacity)
{
    QList<SmsPart> parts{{{}, 0, capacity}};
    for (qsizetype at = 0; at < text.size();) {
        const QStringView character = characterAt(text, at);
        const int units = unitsOf(character, ucs2);
        if (parts.last().units + units > capacity)
            parts << SmsPart{{}, 0, capacity};
        parts.last().text += character;
        parts.last().units += units;
        at += character.size();
    }
    return parts;
}

} // namespace

bool isGsm(QChar character)
{
    return basicAlphabet().contains(character) || isExtension(character);
}

QStringList charactersBeyondGsm(const QString& text)
{
    QStringList found;
    for (qsizetype at = 0; at < text.size();) {
        const QStringView character = characterAt(text, at);
        at += character.size();
        if (!isGsm(character.front()) && !found.contains(character.toString()))
            found << character.toString();
    }
    return found;
}

QList<SmsPart> smsParts(const QString& text, bool ucs2)
{
    const QList<SmsPart> alone = split(text, ucs2, ucs2 ? 70 : 160);
    return alone.size() == 1 ? alone : split(text, ucs2, ucs2 ? 67 : 153);
}

} // namespace carillon::ui
