// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/DryRunFunnel.h"

#include "ui/widgets/Words.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

struct DryRunFunnelWords {
    Q_DECLARE_TR_FUNCTIONS(DryRunFunnelWords)
};

using Kind = FunnelLine::Kind;

const QString LeftOutPrefix = QStringLiteral("leftOut_");

} // namespace

QList<FunnelLine> leftOutLines(const QList<ReasonCount>& reasons)
{
    QList<FunnelLine> lines;
    for (const ReasonCount& reason : reasons)
        lines << FunnelLine{LeftOutPrefix + reason.reason,
                            reason.sentence,
                            reason.count,
                            QStringLiteral("\u2212 ") + countText(reason.count),
                            Kind::LeftOut,
                            Tone::Warning,
                            DryRunFunnelWords::tr("Show who they are")};
    return lines;
}

QString leftOutReasonOf(const QString& key)
{
    return key.startsWith(LeftOutPrefix) ? key.mid(LeftOutPrefix.size()) : QString();
}

QList<FunnelLine> funnelOf(const DryRun& run)
{
    QList<FunnelLine> lines{{QStringLiteral("audience"),
                             DryRunFunnelWords::tr("Audience"),
                             run.audience,
                             contactsText(run.audience),
                             Kind::Stage,
                             Tone::Info,
                             {}}};
    lines += leftOutLines(run.leftOut);
    lines << FunnelLine{QStringLiteral("willSend"),
                        DryRunFunnelWords::tr("Will be sent"),
                        run.willSend,
                        run.willSend == 1 ? DryRunFunnelWords::tr("1 message")
                                          : DryRunFunnelWords::tr("%1 messages").arg(countText(run.willSend)),
                        Kind::Stage,
                        Tone::Info,
                        {}};
    if (run.byAccount.size() < 2)
        return lines;
    for (auto account = run.byAccount.cbegin(); account != run.byAccount.cend(); ++account)
        lines << FunnelLine{u"account_"_qs + account.key(),
                            DryRunFunnelWords::tr("through %1").arg(account.key()),
                            account.value(),
                            countText(account.value()),
                            Kind::Part,
                            Tone::Info,
                            {}};
    return lines;
}

} // namespace carillon::ui
