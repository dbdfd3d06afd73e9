// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ControlOptions.h"

#include "app/ctl/Command.h"

namespace carillon {

namespace {

const QString perMinute = QStringLiteral("per-minute");
const QString canary = QStringLiteral("canary");

Result<double> numberOf(const QCommandLineParser& options, const QString& name)
{
    QString text = options.value(name);
    if (name == canary && text.endsWith(u'%'))
        text.chop(1);
    bool ok = false;
    const double number = text.toDouble(&ok);
    if (ok)
        return number;
    return fail(ErrorCode::InvalidInput, Command::tr("--%1 needs a number, not \"%2\".").arg(name, options.value(name)),
                name);
}

} // namespace

QList<QCommandLineOption> controlOptions()
{
    return {{perMinute, Command::tr("At the most so many a minute."), Command::tr("number")},
            {canary, Command::tr("So many first (100 or 1%); the rest goes only when they do not fail."),
             Command::tr("number")}};
}

Status takeControl(const QCommandLineParser& options, CampaignControl& campaignControl)
{
    QJsonObject control = toJson(campaignControl);
    for (const QString& name : {perMinute, canary}) {
        if (!options.isSet(name))
            continue;
        const Result<double> number = numberOf(options, name);
        if (!number)
            return fail(number.error());
        if (name == perMinute)
            control.insert(QStringLiteral("per_minute"), *number);
        else
            control.insert(
                QStringLiteral("canary"),
                QJsonObject{
                    {options.value(name).endsWith(u'%') ? QStringLiteral("percent") : QStringLiteral("count"), *number}});
    }
    const Result<CampaignControl> checked = campaignControlOf(control);
    if (!checked)
        return fail(checked.error());
    campaignControl = *checked;
    return {};
}

} // namespace carillon
