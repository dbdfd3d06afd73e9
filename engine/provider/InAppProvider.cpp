// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/InAppProvider.h"

#include "engine/provider/InAppSender.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr double UsualDays = 90;
constexpr double MostDays = 3'650;
constexpr qint64 DayMs = 86'400'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("InAppProvider", text);
}

QString daysKey()
{
    return QStringLiteral("keep_days");
}

ProviderField daysField()
{
    ProviderField field;
    field.key = daysKey();
    field.label = tr("Kept for (days)");
    field.help = tr("A notification leaves the inbox after this time, read or not.");
    field.type = FieldType::Number;
    field.defaultValue = UsualDays;
    field.minimum = 1;
    field.maximum = MostDays;
    return field;
}

} // namespace

InAppProvider::InAppProvider(Store& store, Clock& clock)
    : m_description(describe())
    , m_store(store)
    , m_clock(clock)
{
}

ProviderDescription InAppProvider::describe()
{
    ProviderDescription description;
    description.key = QStringLiteral("in_app");
    description.name = tr("In-app inbox");
    description.channel = QStringLiteral("in_app");
    description.help = tr("Puts a card into the contact's inbox, which your application shows by Carillon's API.");
    description.addressLabel = tr("the contact's external id");
    description.fields = {daysField()};
    return description;
}

std::unique_ptr<Sender> InAppProvider::makeSender(const AccountConfig& config) const
{
    const double days = config.settings.value(daysKey()).toDouble(UsualDays);
    return std::make_unique<InAppSender>(m_store, m_clock, config.accountId, qint64(days * double(DayMs)));
}

} // namespace carillon
