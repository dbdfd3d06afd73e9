// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicKey.h"

namespace carillon::ui {

QString topicKeyFor(const QString& name)
{
    QString key;
    // Decomposed, an accent is a character of its own, which goes: "Über" -> "uber".
    for (const QChar c : name.normalized(QString::NormalizationForm_D).toLower()) {
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_')
            key += c;
        else if (!c.isMark() && !key.isEmpty() && !key.endsWith(u'.'))
            key += u'.';
    }
    if (key.endsWith(u'.'))
        key.chop(1);
    return key;
}

} // namespace carillon::ui
