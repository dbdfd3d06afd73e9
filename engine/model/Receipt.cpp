// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Receipt.h"

#include <QHash>

namespace carillon {

namespace {

const QHash<QString, ReceiptKind>& kinds()
{
    static const QHash<QString, ReceiptKind> kinds{
        {QStringLiteral("sent"), ReceiptKind::Sent},       {QStringLiteral("delivered"), ReceiptKind::Delivered},
        {QStringLiteral("read"), ReceiptKind::Read},       {QStringLiteral("opened"), ReceiptKind::Opened},
        {QStringLiteral("clicked"), ReceiptKind::Clicked}, {QStringLiteral("failed"), ReceiptKind::Failed},
        {QStringLiteral("bounced"), ReceiptKind::Bounced}, {QStringLiteral("complained"), ReceiptKind::Complained},
    };
    return kinds;
}

} // namespace

QString nameOf(ReceiptKind kind)
{
    return kinds().key(kind);
}

std::optional<ReceiptKind> receiptKindOf(const QString& name)
{
    const auto found = kinds().constFind(name);
    return found == kinds().cend() ? std::nullopt : std::optional(*found);
}

} // namespace carillon
